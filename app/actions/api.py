"""Actions for programs."""

from app.kit.api import api_router

router = api_router("actions")
