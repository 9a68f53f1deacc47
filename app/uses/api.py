"""What came of a lesson for programs."""

from app.kit.api import api_router

router = api_router("uses")
