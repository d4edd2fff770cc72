# Concierge as one image: the same files serve as web, worker, beat and set-up (see docker-compose.yml).

FROM python:3.11.14-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/concierge/venv
ENV PATH=/opt/concierge/venv/bin:$PATH

# Packages first: they change less often than the code, and nothing is compiled here.
WORKDIR /opt/concierge
COPY requirements.lock ./
RUN pip install --no-deps --require-hashes --only-binary :all: -r requirements.lock

COPY run.py ./
COPY concierge concierge
COPY approvals approvals
COPY projects projects
COPY documents documents
COPY scheduler scheduler
COPY migrations migrations
# The running image cannot write here, so what would be made on first use is made now.
RUN find concierge approvals projects documents -type d -name translations -exec pybabel --quiet compile -d {} \; \
 && python -m compileall -q -j 0 .


FROM python:3.11.14-slim-bookworm

ENV PATH=/opt/concierge/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    CONCIERGE_HOME=/var/lib/concierge \
    CONCIERGE_HOST=0.0.0.0 \
    PORT=8080 \
    NUMBA_CACHE_DIR=/var/lib/concierge/loops \
    NUMBA_CPU_NAME=generic

# Documents are printed by LibreOffice and read by poppler; licensed fonts go into the volume's folder fonts. Versions
# are those of the base image's Debian release, which is pinned: an exact one would be gone with its next mend.
# hadolint ignore=DL3008
RUN apt-get update -qq \
 && apt-get install -qq -y --no-install-recommends libreoffice-writer-nogui poppler-utils fontconfig \
    fonts-noto-cjk fonts-arphic-ukai util-linux \
 && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/concierge --create-home concierge

COPY --from=build /opt/concierge /opt/concierge

WORKDIR /opt/concierge
USER 10001:10001
# The planner's loops, compiled for any processor; a fresh volume is filled with them, an older one on first use.
RUN python -m scheduler compile
VOLUME /var/lib/concierge
EXPOSE 8080

HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/live', timeout=4)"]

ENTRYPOINT ["python", "run.py"]
CMD ["serve"]
