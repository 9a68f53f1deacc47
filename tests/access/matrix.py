"""Who may do what: the one table of expectations, a row for every route.

Words: `ok` it is done or shown · `in` sign in first · a number is the HTTP status of the refusal.
A column is a role, a line is what the route is about: for lessons how they are shared, for topics
whether any lesson about them is shared with everyone, `any` where it makes no difference.
"""

from dataclasses import dataclass

ROLES = ("stranger", "outsider", "mate", "author", "manager", "curator", "administrator")


@dataclass(frozen=True)
class Rule:
    """Outcomes by line and role."""

    lines: dict[str, dict[str, str]]

    def but(self, **instead: str) -> "Rule":
        """The same, with another outcome than `ok` on some lines: the act itself refuses."""
        return Rule(
            {
                line: {
                    role: instead.get(line, said) if said == "ok" else said
                    for role, said in outcomes.items()
                }
                for line, outcomes in self.lines.items()
            }
        )

    def all_but(self, line: str, instead: str) -> "Rule":
        """The same, with another outcome than `ok` on every line but one."""
        return self.but(**{other: instead for other in self.lines if other != line})


def _rule(table: str) -> Rule:
    rows = [row.split() for row in table.strip().splitlines()]
    return Rule({line: dict(zip(ROLES, said, strict=True)) for line, *said in rows})


#                stranger outsider mate author manager curator administrator
READS = _rule("""
    organisation    in      ok     ok     ok     ok      ok       ok
    team            in      404    ok     ok     ok      404      404
    draft           in      404    404    ok     404     404      404
    retired         in      ok     ok     ok     ok      ok       ok
    protected       in      ok     ok     ok     ok      ok       ok
""")
CHANGES = _rule("""
    organisation    in      403    403    ok     403     ok       ok
    team            in      404    403    ok     403     404      404
    draft           in      404    404    ok     404     404      404
    retired         in      403    403    ok     403     ok       ok
    protected       in      403    403    403    403     ok       ok
""")
# Nobody thanks for a lesson of their own; who wrote a protected one, nobody knows.
THANKS = _rule("""
    organisation    in      ok     ok     403    ok      ok       ok
    team            in      404    ok     403    ok      404      404
    draft           in      404    404    422    404     404      404
    retired         in      ok     ok     403    ok      ok       ok
    protected       in      ok     ok     ok     ok      ok       ok
""")
# The question is the author's, the answer to it as well.
TAKES_BACK = _rule("""
    organisation    in      403    403    ok     403     403      403
    team            in      404    403    ok     403     404      404
    retired         in      403    403    ok     403     403      403
    protected       in      403    403    ok     403     403      403
""")
# Of a use or a recurrence: reported by the author, for their team.
REPORTED = _rule("""
    organisation    in      403    ok     ok     ok      403      403
    team            in      404    ok     ok     ok      404      404
    retired         in      403    ok     ok     ok      403      403
    protected       in      403    ok     ok     ok      403      403
""")
ANSWERS = Rule({line: said for line, said in READS.lines.items() if line != "draft"})
# Whoever asked for a change, whoever makes it, and curators. The author here did both.
ACTS = _rule("""
    organisation    in      403    403    ok     403     ok       ok
    team            in      404    403    ok     403     404      404
    protected       in      403    403    ok     403     ok       ok
""")
ACTS_ALONE = _rule("any     in      403    403    ok     403     ok       ok")
KNOWS_TOPIC = _rule("""
    shared          in      ok     ok     ok     ok      ok       ok
    hidden          in      404    ok     ok     ok      404      404
""")
WORDS_TOPIC = _rule("""
    shared          in      403    403    403    403     ok       ok
    hidden          in      403    403    403    403     404      404
""")
# Of the author: one with their team, one for themselves alone. Who manages a team above reads too.
READS_BRIEF = _rule("""
    team            in      404    ok     ok     ok      404      404
    own             in      404    404    ok     404     404      404
""")
CHANGES_BRIEF = _rule("""
    team            in      404    ok     ok     403     404      404
    own             in      404    404    ok     404     404      404
""")
ANYONE = _rule("any     ok      ok     ok     ok     ok      ok       ok")
SIGNED_IN = _rule("any  in      ok     ok     ok     ok      ok       ok")
MANAGES = _rule("any    in      403    403    403    ok      403      ok")
ADMINISTERS = _rule("any in     403    403    403    403     403      ok")
OWNS = _rule("any       in      404    404    ok     404     404      404")

_LESSON, _BRIEF, _API = "/lessons/{lesson_id}", "/briefs/{brief_id}", "/api/v1"
_IN_USE = {"retired": "409"}

MATRIX: dict[str, Rule] = {
    # Lessons
    "GET /": SIGNED_IN,
    "GET /search": SIGNED_IN,
    "GET /suggestions": SIGNED_IN,
    "GET /topics/suggestions": SIGNED_IN,
    "GET /my/searches": SIGNED_IN,
    "POST /my/searches": SIGNED_IN,
    "POST /my/searches/{search_id}/removal": OWNS,
    "GET /wanted": SIGNED_IN,
    "POST /wanted": SIGNED_IN,
    "GET /wanted/{want_id}": SIGNED_IN,
    "POST /wanted/{want_id}/removal": OWNS,
    "POST /wanted/{want_id}/answer": SIGNED_IN.but(any="422"),  # without a lesson
    "POST /wanted/{want_id}/answer/removal": OWNS,
    "POST /wanted/{want_id}/assignments": SIGNED_IN.but(any="422"),  # of nobody
    "POST /wanted/{want_id}/assignments/removal": SIGNED_IN.but(any="404"),
    "GET /lessons": SIGNED_IN,
    "GET /my/lessons": SIGNED_IN,
    "GET /lessons/new": SIGNED_IN,
    "POST /lessons": SIGNED_IN,
    "POST /drafts/margin": SIGNED_IN,
    "POST /drafts/{draft_id}": OWNS,
    "POST /drafts/{draft_id}/removal": OWNS,
    "GET /attachments/{attachment_id}": READS,
    "POST /drafts/{draft_id}/attachments": OWNS,
    "POST /drafts/{draft_id}/attachments/{attachment_id}/removal": OWNS,
    f"POST {_LESSON}/attachments": CHANGES.but(draft="422", **_IN_USE),
    f"POST {_LESSON}/attachments/{{attachment_id}}/removal": CHANGES.but(draft="422", **_IN_USE),
    f"GET {_LESSON}": READS,
    f"GET {_LESSON}.md": READS,
    f"GET {_LESSON}/edit": CHANGES,
    f"POST {_LESSON}": CHANGES.but(**_IN_USE),
    f"GET {_LESSON}/history": READS,
    f"GET {_LESSON}/history/{{revision}}": READS.but(draft="404"),
    f"GET {_LESSON}/retirement": CHANGES,
    f"POST {_LESSON}/retirement": CHANGES.but(draft="422", **_IN_USE),
    f"POST {_LESSON}/restoration": CHANGES.all_but("retired", "409"),
    f"GET {_LESSON}/claim": READS.all_but("protected", "404"),
    f"POST {_LESSON}/claim": READS.all_but("nothing", "422"),  # with a wrong code
    f"POST {_LESSON}/removal": CHANGES.all_but("draft", "422"),
    f"POST {_LESSON}/thanks": THANKS,
    f"POST {_LESSON}/thanks/removal": READS,
    f"GET {_LESSON}/uses": READS.but(draft="404"),
    f"POST {_LESSON}/uses": READS.but(draft="422"),
    f"GET {_LESSON}/uses/{{use_id}}/edit": REPORTED,
    f"POST {_LESSON}/uses/{{use_id}}": REPORTED,
    f"POST {_LESSON}/uses/{{use_id}}/removal": REPORTED,
    f"POST {_LESSON}/recurrences": READS.but(draft="422"),
    f"POST {_LESSON}/recurrences/{{recurrence_id}}/removal": REPORTED,
    f"POST {_LESSON}/confirmations": READS.but(draft="422", **_IN_USE),
    f"POST {_LESSON}/confirmations/removal": READS,
    f"POST {_LESSON}/questions": READS.but(draft="422"),
    f"POST {_LESSON}/questions/{{question_id}}/removal": TAKES_BACK,
    f"POST {_LESSON}/questions/{{question_id}}/answers": ANSWERS,
    f"POST {_LESSON}/questions/{{question_id}}/answers/{{answer_id}}/removal": TAKES_BACK,
    # Actions: whoever may read the lesson asks for one; the author asked for the one in question
    "GET /actions": SIGNED_IN,
    f"POST {_LESSON}/actions": READS.but(draft="422", retired="422"),
    f"GET {_LESSON}/actions/{{action_id}}/edit": ACTS,
    f"POST {_LESSON}/actions/{{action_id}}": ACTS,
    f"POST {_LESSON}/actions/{{action_id}}/done": ACTS,
    f"POST {_LESSON}/actions/{{action_id}}/done/removal": ACTS,
    f"POST {_LESSON}/actions/{{action_id}}/removal": ACTS,
    f"GET {_API}{_LESSON}/actions": READS,
    f"POST {_API}{_LESSON}/actions": READS.but(draft="422", retired="422"),
    f"PATCH {_API}/actions/{{action_id}}": ACTS_ALONE,
    f"DELETE {_API}/actions/{{action_id}}": ACTS_ALONE,
    f"POST {_API}/actions/{{action_id}}/done": ACTS_ALONE,
    f"DELETE {_API}/actions/{{action_id}}/done": ACTS_ALONE,
    f"GET {_API}/actions": SIGNED_IN,
    f"POST {_API}/lessons": SIGNED_IN,
    f"GET {_API}/lessons": SIGNED_IN,
    f"GET {_API}{_LESSON}": READS,
    f"PATCH {_API}{_LESSON}": CHANGES.but(**_IN_USE),
    f"DELETE {_API}{_LESSON}": CHANGES.but(**_IN_USE),
    f"POST {_API}{_LESSON}/restoration": CHANGES.all_but("retired", "409"),
    f"GET {_API}{_LESSON}/versions": READS,
    f"POST {_API}{_LESSON}/uses": READS.but(draft="422"),
    f"GET {_API}{_LESSON}/uses": READS,
    f"PATCH {_API}{_LESSON}/uses/{{use_id}}": REPORTED,
    f"DELETE {_API}{_LESSON}/uses/{{use_id}}": REPORTED,
    f"POST {_API}{_LESSON}/recurrences": READS.but(draft="422"),
    f"GET {_API}{_LESSON}/recurrences": READS,
    f"DELETE {_API}{_LESSON}/recurrences/{{recurrence_id}}": REPORTED,
    f"POST {_API}{_LESSON}/confirmations": READS.but(draft="422", **_IN_USE),
    f"DELETE {_API}{_LESSON}/confirmations": READS,
    f"GET {_API}/search": SIGNED_IN,
    f"GET {_API}/suggest": SIGNED_IN,
    f"POST {_API}/similar": SIGNED_IN,
    # Briefs
    "GET /briefs": SIGNED_IN,
    "GET /briefs/new": SIGNED_IN,
    "POST /briefs": SIGNED_IN,
    "POST /briefs/plan": SIGNED_IN,
    f"GET {_BRIEF}": READS_BRIEF,
    f"GET {_BRIEF}/checklist": READS_BRIEF,
    f"GET {_BRIEF}.md": READS_BRIEF,
    f"GET {_BRIEF}/edit": CHANGES_BRIEF,
    f"POST {_BRIEF}": CHANGES_BRIEF,
    f"POST {_BRIEF}/more": CHANGES_BRIEF,
    f"POST {_BRIEF}/removal": CHANGES_BRIEF,
    f"POST {_BRIEF}{_LESSON}/disposition": CHANGES_BRIEF,
    f"GET {_BRIEF}/follow-up": READS_BRIEF,
    f"POST {_BRIEF}/follow-up/{{lesson_id}}": CHANGES_BRIEF,
    f"POST {_BRIEF}/follow-up/end": CHANGES_BRIEF,
    f"POST {_BRIEF}/subscription": CHANGES_BRIEF,
    f"POST {_BRIEF}/subscription/removal": CHANGES_BRIEF,
    f"GET {_API}{_BRIEF}/follow-up": READS_BRIEF,
    f"PUT {_API}{_BRIEF}/follow-up/{{lesson_id}}": CHANGES_BRIEF,
    f"POST {_API}{_BRIEF}/follow-up/end": CHANGES_BRIEF,
    f"POST {_API}/briefs": SIGNED_IN,
    f"GET {_API}/briefs": SIGNED_IN,
    f"GET {_API}{_BRIEF}": READS_BRIEF,
    f"PATCH {_API}{_BRIEF}": CHANGES_BRIEF,
    f"DELETE {_API}{_BRIEF}": CHANGES_BRIEF,
    f"POST {_API}{_BRIEF}/more": CHANGES_BRIEF,
    f"PUT {_API}{_BRIEF}{_LESSON}/disposition": CHANGES_BRIEF,
    # Topics
    "GET /topics": SIGNED_IN,
    "GET /topics/{topic_id}": KNOWS_TOPIC,
    "GET /topics/{topic_id}/edit": WORDS_TOPIC,
    "POST /topics/{topic_id}": WORDS_TOPIC,
    f"GET {_API}/wanted": SIGNED_IN,
    f"POST {_API}/wanted": SIGNED_IN,
    f"GET {_API}/wanted/{{want_id}}": SIGNED_IN,
    f"DELETE {_API}/wanted/{{want_id}}": OWNS,
    f"POST {_API}/wanted/{{want_id}}/answer": SIGNED_IN.but(any="422"),  # without a lesson
    f"DELETE {_API}/wanted/{{want_id}}/answer": OWNS,
    f"GET {_API}/wanted/{{want_id}}/assignments": SIGNED_IN,
    f"POST {_API}/wanted/{{want_id}}/assignments": SIGNED_IN.but(any="422"),  # of nobody
    f"DELETE {_API}/wanted/{{want_id}}/assignments/{{person_id}}": SIGNED_IN.but(any="404"),
    f"GET {_API}/topics": SIGNED_IN,
    f"GET {_API}/topics/{{topic_id}}": KNOWS_TOPIC,
    f"PATCH {_API}/topics/{{topic_id}}": WORDS_TOPIC,
    # Teams: known to everyone; managed by the managers of the team itself
    "GET /teams": SIGNED_IN,
    "GET /teams/new": ADMINISTERS,
    "POST /teams": ADMINISTERS,
    "GET /teams/{team_id}": SIGNED_IN,
    "GET /teams/{team_id}/edit": ADMINISTERS,
    "POST /teams/{team_id}": ADMINISTERS,
    "POST /teams/{team_id}/members": MANAGES,
    "POST /teams/{team_id}/members/{person_id}/removal": MANAGES,
    f"GET {_API}/teams": SIGNED_IN,
    f"GET {_API}/teams/{{team_id}}": SIGNED_IN,
    f"POST {_API}/teams": ADMINISTERS,
    f"PATCH {_API}/teams/{{team_id}}": ADMINISTERS,
    # By programs only administrators change who is in a team.
    f"PUT {_API}/teams/{{team_id}}/members/{{person_id}}": ADMINISTERS,
    f"DELETE {_API}/teams/{{team_id}}/members/{{person_id}}": ADMINISTERS,
    # People: known to everyone
    "GET /admin": ADMINISTERS,
    "GET /people": SIGNED_IN,
    "GET /people/knowing": SIGNED_IN,
    "GET /people/{person_id}": SIGNED_IN,
    "POST /people/{person_id}": ADMINISTERS,
    "POST /people/{person_id}/departure": ADMINISTERS,
    "POST /people/{person_id}/return": ADMINISTERS,
    "POST /people/{person_id}/reset-link": ADMINISTERS,
    "POST /people/{person_id}/teams": ADMINISTERS,
    "POST /people/{person_id}/teams/{team_id}/removal": ADMINISTERS,
    # A digest to take along: everybody gets that of the organisation
    "GET /digests/calendar.ics": SIGNED_IN,
    "GET /digests/{period}.md": SIGNED_IN,
    "GET /digests/{period}.pdf": SIGNED_IN.but(any="404"),
    # Digests: every subject has an edition for everybody; a topic is known as its own page is
    "GET /digests": SIGNED_IN,
    "GET /digests/{period}": SIGNED_IN,
    "GET /digests/{period}/lists/{name}": SIGNED_IN,
    f"GET {_API}/digests/{{period}}": SIGNED_IN,
    # From a digest to the deed: signed in, on a topic that everybody knows; from a mail with a seal
    "POST /digests/deeds": SIGNED_IN,
    "POST /digests/deeds/removal": SIGNED_IN,
    "GET /mail/deeds/{token}": ANYONE.but(any="404"),
    "POST /mail/deeds/{token}": ANYONE.but(any="404"),
    "POST /mail/deeds/{token}/removal": ANYONE.but(any="404"),
    # Following and the inbox: one's own; the notification in question is the author's
    "POST /admin/mail/{message_id}/attempt": ADMINISTERS,
    # Digests as administrators see them
    "GET /admin/digests": ADMINISTERS,
    "GET /admin/digests/{period}": ADMINISTERS,
    "GET /admin/digests/preview": ADMINISTERS,
    "GET /admin/digests/preview/mail": ADMINISTERS,
    "POST /admin/digests/preview/test": ADMINISTERS.but(any="409"),  # without a mail server
    "POST /admin/digests/preview/recompilation": ADMINISTERS,
    "POST /admin/digests/plan": ADMINISTERS,
    "POST /admin/digests/pause": ADMINISTERS,
    "POST /admin/digests/pause/removal": ADMINISTERS,
    # Digests by mail
    "GET /digests/mail": SIGNED_IN,
    "POST /digests/subscription": SIGNED_IN,
    "POST /digests/subscription/removal": SIGNED_IN,
    "POST /digests/subscription/return": SIGNED_IN,
    "GET /mail/digests/{token}": ANYONE.but(any="404"),  # without the seal
    "POST /mail/digests/{token}": ANYONE.but(any="404"),
    "POST /mail/digests/{token}/removal": ANYONE.but(any="404"),
    "GET /my/following": SIGNED_IN,
    "POST /following": SIGNED_IN,
    "POST /following/removal": SIGNED_IN,
    "GET /inbox": SIGNED_IN,
    "POST /inbox/reading": SIGNED_IN,
    "POST /inbox/{notification_id}/reading": OWNS,
    "GET /account/notifications": SIGNED_IN,
    "POST /account/notifications": SIGNED_IN,
    "GET /invitations": ADMINISTERS,
    "POST /invitations": ADMINISTERS,
    "POST /invitations/{invitation_id}/removal": ADMINISTERS,
    f"GET {_API}/people": SIGNED_IN,
    f"GET {_API}/people/knowing": SIGNED_IN,
    f"GET {_API}/me": SIGNED_IN,
    f"GET {_API}/people/{{person_id}}": SIGNED_IN,
    f"POST {_API}/people/invitations": ADMINISTERS,
    f"PATCH {_API}/people/{{person_id}}": ADMINISTERS,
    # One's own account; the sessions and tokens in question are the author's
    "GET /account": SIGNED_IN,
    "POST /account": SIGNED_IN,
    "POST /account/expertise": SIGNED_IN,
    "GET /account/password": SIGNED_IN,
    "POST /account/password": SIGNED_IN.but(any="422"),  # with a wrong password
    "GET /account/sessions": SIGNED_IN,
    "POST /account/sessions/removal": SIGNED_IN,
    "POST /account/sessions/{session_id}/removal": OWNS,
    "GET /account/tokens": SIGNED_IN,
    "POST /account/tokens": SIGNED_IN,
    "POST /account/tokens/{token_id}/removal": OWNS,
    f"GET {_API}/tokens": SIGNED_IN,
    f"POST {_API}/tokens": SIGNED_IN,
    f"DELETE {_API}/tokens/{{token_id}}": OWNS,
    # Coming in, with links that are none
    "GET /welcome": ANYONE.but(any="in"),
    "POST /welcome": ANYONE.but(any="in"),
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE.but(any="422"),
    "POST /sign-out": ANYONE.but(any="in"),
    "GET /password-reset": ANYONE,
    "POST /password-reset": ANYONE,
    # What mails lead to: the token here was never sealed
    "GET /mail/notices/{token}": ANYONE.but(any="404"),
    "POST /mail/notices/{token}": ANYONE.but(any="404"),
    "POST /mail/notices/{token}/restoration": ANYONE.but(any="404"),
    "GET /password-reset/{token}": ANYONE.but(any="404"),
    "POST /password-reset/{token}": ANYONE.but(any="404"),
    "GET /join/{token}": ANYONE.but(any="404"),
    "POST /join/{token}": ANYONE.but(any="404"),
    # Import and export
    "GET /import": ADMINISTERS,
    "POST /import": ADMINISTERS.but(any="422"),  # without a file
    "GET /import/{run_id}": ADMINISTERS.but(any="404"),  # of a run that is none
    "POST /import/{run_id}/mapping": ADMINISTERS.but(any="404"),
    "POST /import/{run_id}/removal": ADMINISTERS.but(any="404"),
    "GET /import/{run_id}/rejected.csv": ADMINISTERS.but(any="404"),
    "GET /export.{ending}": ADMINISTERS,
    # For everyone
    "GET /help": ANYONE,
    "GET /help/keyboard": ANYONE,
    "GET /design": ANYONE.but(any="404"),  # in development mode alone
    "GET /help/protected-authors": ANYONE,
    "GET /favicon.ico": ANYONE,
    "GET /health/live": ANYONE,
    "GET /health/ready": ANYONE,
    "GET /metrics": ANYONE.but(any="404"),  # switched off
    f"GET {_API}/openapi.json": ANYONE,
}
