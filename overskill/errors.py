"""Every failure that OverSkill expects.

OverskillError                  shown to the user as it is
├── NotFound                    the thing is not there, or not theirs to see
├── NotAllowed                  it is there, and they may not do this
│   └── SignInRequired          nobody is signed in
├── InvalidInput                what they sent can't be used
├── Conflict                    it changed under them, or is taken
├── LimitReached                too much, too often, or too large
└── Unavailable                 an outside system did not answer; trying again may help

Anything else that is raised is a bug: it bubbles to one handler and is logged.
"""


class OverskillError(Exception):
    """An expected failure. `message` is one or two sentences: what happened, and what to do next.

    `field` names the input it is about, if it is about one.
    """

    status = 400

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(OverskillError):
    status = 404


class NotAllowed(OverskillError):
    status = 403


class SignInRequired(NotAllowed):
    status = 401


class InvalidInput(OverskillError):
    status = 422


class Conflict(OverskillError):
    status = 409


class LimitReached(OverskillError):
    status = 429


class Unavailable(OverskillError):
    status = 503
