"""A request's work in one thread: what its door depends on, the door itself, and the commit.

Left to itself the framework sends every plain function to a thread and waits for it to come back,
some five times a page, and each way there costs more than most of the functions do.
"""

import functools
import inspect
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, contextmanager
from typing import Any, NoReturn, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool

Call = TypeVar("Call", bound=Callable[..., Any])

_KEPT = "commonplace.asked"
_ADDED = "request_of_the_door"


class _Asked:
    """A dependency that was asked for and waits for the door's thread; answered once a request."""

    __slots__ = ("_answer", "_answered", "_call", "_given", "_opens")

    def __init__(self, call: Callable[..., Any], given: dict[str, Any], *, opens: bool):
        self._call, self._given, self._opens = call, given, opens
        self._answered, self._answer = False, None

    def answer(self, until: ExitStack) -> Any:
        """What the dependency gives. What it holds open is closed, or committed, by `until`."""
        if not self._answered:
            given = self._call(**_answers(self._given, until))
            self._answer = until.enter_context(given) if self._opens else given
            self._answered = True
        return self._answer


def with_the_door(call: Call) -> Call:
    """Make a dependency run in the thread of the door that needs it, before it, in the order of
    asking: a plain function, or one that yields once. The door's route must be a `DoorRoute`."""
    name, signature = _with_request(call)
    opens = inspect.isgeneratorfunction(call)
    run = contextmanager(call) if opens else call

    async def ask(**given: Any) -> _Asked:
        request = given.pop(_ADDED) if name == _ADDED else given[name]
        asked = _Asked(run, given, opens=opens)
        request.scope.setdefault(_KEPT, []).append(asked)
        return asked

    ask.__signature__ = signature  # type: ignore[attr-defined]
    return ask  # type: ignore[return-value]


class DoorRoute(APIRoute):
    """A route whose door runs in one thread with its dependencies. Its transaction is committed,
    and its answer made, before that thread is left."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **facts: Any):
        super().__init__(path, self._in_one_thread(endpoint), **facts)
        self._shape = TypeAdapter(self.response_model) if self.response_model else None

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                # Whoever may not come in hears that, not what was wrong with the question.
                await run_in_threadpool(_refused, request, error)

        return handled

    def _in_one_thread(self, endpoint: Callable[..., Any]) -> Callable[..., Any]:
        name, signature = _with_request(endpoint)

        @functools.wraps(endpoint)
        def door(**given: Any) -> Any:
            request = given.pop(_ADDED) if name == _ADDED else given[name]
            with ExitStack() as until:
                _answer_all(request, until)
                given = _answers(given, until)
                return self._answer(endpoint(**given), given)

        door.__signature__ = signature  # type: ignore[attr-defined]
        return door

    def _answer(self, result: Any, given: dict[str, Any]) -> Any:
        """As the framework would make it, but in this thread and while errors still roll back."""
        if self._shape is None or isinstance(result, Response):
            return result
        checked = self._shape.validate_python(result, from_attributes=True)
        said = next((value for value in given.values() if type(value) is Response), None)
        status = (said.status_code if said else None) or self.status_code or 200
        answer = Response(self._shape.dump_json(checked), status, media_type="application/json")
        if said:
            answer.raw_headers.extend(said.raw_headers)
        return answer


def doors(**facts: Any) -> APIRouter:
    """A router of doors."""
    return APIRouter(route_class=DoorRoute, **facts)


def _refused(request: Request, error: RequestValidationError) -> NoReturn:
    with ExitStack() as until:
        _answer_all(request, until)
        raise error


def _answer_all(request: Request, until: ExitStack) -> None:
    # Guards among them that give the door nothing.
    for asked in request.scope.get(_KEPT, ()):
        asked.answer(until)


def _answers(given: dict[str, Any], until: ExitStack) -> dict[str, Any]:
    return {
        name: value.answer(until) if type(value) is _Asked else value
        for name, value in given.items()
    }


def _with_request(call: Callable[..., Any]) -> tuple[str, inspect.Signature]:
    """How the request is called among the parameters of `call`, and those, with it if need be."""
    signature = inspect.signature(call)
    parameters = list(signature.parameters.values())
    own = next((p.name for p in parameters if p.annotation is Request), None)
    if own:
        return own, signature
    added = inspect.Parameter(_ADDED, inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    return _ADDED, signature.replace(parameters=[*parameters, added])
