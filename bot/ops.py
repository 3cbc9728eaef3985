"""What operators' programs ask over HTTP: is it alive, is it ready, how does it fare."""

from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.health import Health
from bot.metrics import Metrics


def probes(health: Health, *, pushed: bool) -> list[Route]:
    """`/healthz`: the process answers. `/readyz`: it does its work, or 503 and what keeps it from that."""

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_request: Request) -> Response:
        failing = await health.failing(pushed=pushed)
        status = HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK
        return JSONResponse({"ready": not failing, "failing": failing}, status)

    return [Route("/healthz", alive), Route("/readyz", ready)]


def metrics_page(metrics: Metrics, health: Health, *, pushed: bool) -> Route:
    """`/metrics`, which answers without a database too."""

    async def expose(_request: Request) -> Response:
        failing = await health.failing(pushed=pushed)
        return Response(metrics.exposition(await health.look(), ready=not failing), media_type=CONTENT_TYPE_LATEST)

    return Route("/metrics", expose)
