# The program with its locked requirements, for one container. Settings come from the environment
# (docs/settings.md); everything that must outlive the container is in /data.

FROM python:3.11-slim AS build
WORKDIR /opt/commonplace
COPY requirements/install.sh requirements/runtime.txt requirements/
RUN sh requirements/install.sh .venv requirements/runtime.txt
COPY app app
COPY search search
COPY templates templates
COPY migrations migrations
COPY LICENSE NOTICES.md ./
# Bytecode now, so that the first start is as fast as every other and the files can be read-only.
RUN .venv/bin/python -m compileall -q app search migrations

FROM python:3.11-slim
# Pango, for digests on paper; without it everything else works.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin commonplace \
    && install --directory --owner=commonplace --group=commonplace --mode=0750 /data
COPY --from=build /opt/commonplace /opt/commonplace
ENV PATH=/opt/commonplace/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    COMMONPLACE_DATA_DIR=/data
WORKDIR /data
USER commonplace
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", \
    "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["commonplace", "serve", "--host", "0.0.0.0", "--port", "8000"]
