# Stage 1: everything that needs pip.
FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/redline
COPY requirements.lock ./
RUN /opt/redline/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY knowledge ./knowledge
COPY migrations ./migrations
RUN /opt/redline/bin/pip install --no-deps .

# Stage 2: the bot alone, not as root.
FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /home/redline redline \
    && install -d -o redline -g redline /data
COPY --from=build /opt/redline /opt/redline
ENV PATH=/opt/redline/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    REDLINE_DATA_DIR=/data \
    REDLINE_HEALTH_PORT=8080
USER 10001
WORKDIR /home/redline
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"REDLINE_HEALTH_PORT\"]}/health', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["redline"]
CMD ["run"]
