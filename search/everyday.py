"""Words of any talk about work, whatever its subject.

They are searched as others are, for somebody may mean them; but of a plan that says "friendly" and
no lesson does, nobody wants to hear that friendliness is what nobody has written about.
"""

from .analyzers import stem
from .stopwords import STOP_WORDS

_WORDS = """
    accept accomplish accurate achieve act activity actual add address advance advise affect
    afford agree allocate alone alternative amount annual answer apart appear apply approach
    appropriate area arise arrange arrive assign assume attach attempt attend attention author
    autumn available avoid aware away back bad balance base basic basis bear begin behave
    behind belong benefit beside best bet better big birth bit body bold book born borrow boss
    bottom boy break brief bright bring brought build built bunch burden busy buy call care
    careless carry case catch cause century chance change charge chat cheap cheaply check
    child choice choose chosen circle circumstance claim clean clear clever close colleague
    collect combine comfortable comment commit common communicate company compare complain
    complete complicated compose concern condition conduct confirm conflict confuse connect
    consequence consist construct consume contact contain content continue contrast control
    convenient converse convince cool cope copy correct cost count couple course cover create
    creative cross crowd crucial curious current customer cut daily damage danger dark date
    dead deal dear decade decent decide decision deep deliberate delight deliver demand
    department depend describe deserve design detail determine develop difference difficult
    direct dirty disappoint discount discover discuss distance divide double doubt downward
    dozen draw dream dress drive drop due duty eager earlier early ease easily east easy eat
    edge effect efficient effort element emerge empty enable encounter encourage end enjoy
    enormous ensure enter entire environment equal essential establish evaluate evasive event
    eventual evident exact examine example exceed excellent exciting exclude excuse exercise
    exist expect expense experience expert explain explore express extend extra extreme eye
    face fact fail fair fall familiar famous fancy fast favor favourite fear feature feedback
    feel fellow fetch field figure fill final find fine finger finish first fit fix flat
    flexible focus folk follow foot force foreign forget form formal forth fortunate forward
    free frequent fresh friend frighten front full function funny gain gap gather general
    gentle girl glad glance goal good grab gradual grant grateful great greet ground group
    grow guess guest guide guy habit half hand handle handy hang happen happy hard harm harsh
    head healthy hear heart heavy height help hesitate hidden hide high hit hold holiday
    honest huge humble hungry hurry idea ideal identify ignore illustrate imagine immediate
    impatient imply important impossible impress improve inch incident include increase
    individual influence inform initial inside insist inspire instance instant intention
    interest internal introduce invite involve issue item jealous join joke journey joy judge
    keen kick kind knock lack land large late launch lay lazy lead leader learn leave left
    lend length less lesson level lie life light limit line link list listen live local locate
    lonely long lose lot loud love low lucky lunch mad magic main maintain major man manage
    manner mark mass master match matter maximum mean measure medium meet member mental
    mention mess message metre middle midnight mile mind minimum minor miss mistake mix modern
    moment monthly mood mount move multiple mystery name narrow nasty natural nearby neat
    negative neighbor nervous new nice night normal north note notice nuisance number obey
    object observe obstacle obtain obvious occasion occupy occur odd offer office old open
    operate opinion opportunity option order ordinary organisation original outside overcome
    owe pace pack pair part particular partner pass past patience pause pay people perceive
    perfect perform permanent permit person phase pick piece pile place plain play pleasant
    plenty point polite poor popular position possess possibility practical practise pray
    precise predict prefer prepare presence present press pretend pretty prevent previous
    price pride primary principle private prize probable problem proceed process produce
    professional program programme progress project promise proof proper propose proud prove
    proven provide publish pull pure purpose push put quality quantity quarrel question quick
    quiet quit raise range rapid rare rate raw reach react read ready real realise realistic
    reason rebuild recall receive recent recognise recognize recommend recover reduce refer
    reflect refuse regard region regret regular reject relate relax relief rely remain remark
    remember remind remote remove repeat replace represent request require reserve resist
    resource respect respond responsible rest result retain return reveal reward rich rid
    right ring rise role room rough round rule run rush sad safe sake satisfy save scale
    scarce scene schedule season seat seek seldom select sell send senior sense sensible
    separate series serious serve set settle severe shame shape share sharp shift short shout
    show shut shy sick side sign significant silence silly similar simple simply single sister
    sit situation size slight slow small smart smile smooth soft solid solution solve sort
    sound south space spare speak special specific spend spirit spite split spot spread spring
    square stable staff stage stand start state stay steady step stick stop story straight
    strange strength strict strike strong struggle stuff stupid style subject substantial
    succeed successful sudden suffer sufficient suggest suit sum summarise summer support
    suppose surely surprise surround survive suspect swap sweep sweet swift system talk task
    teach team tend tender term terrible third thought threat throw thumb tight time tiny
    title top total touch tough tour trace tradition treat trend trick triple trouble true
    trust truth turn twist type typical ugly ultimate unable uncertain uncomfortable
    understand unexpected unfair unhappy unique unknown unlike upper upward urgent useful
    useless usual vague valuable value variety view visit vital voice voluntary wait walk warm
    warn watch weak wealth wear weekday weekly weird welcome west wide wild win winter wise
    woman wonder word work workload worried worse worst worth write wrong yearly young youth
"""

#: More or less of what some of them say.
_COMPARED = """
    better bigger cheaper closer colder deeper earlier easier faster greater harder heavier higher
    larger later lighter longer lower narrower newer older quicker safer shorter simpler slower
    smaller softer stronger thicker thinner warmer weaker wider worse
"""

#: Their stems, and those of words that build sentences.
EVERYDAY = frozenset(map(stem, (*_WORDS.split(), *_COMPARED.split(), *STOP_WORDS)))
