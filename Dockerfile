# One image for every service: API, crawl, build and the Chroma server (docs/operations.md).
FROM python:3.11-slim-bookworm AS wheels

# pip's own settings, to show it a build of PyTorch without CUDA. Never put a password into them: use a pip.conf.
ARG PIP_FIND_LINKS=""
ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1

RUN python -m venv /opt/isopolis
ENV PATH=/opt/isopolis/bin:$PATH
WORKDIR /src

# Dependencies first: they are large and change seldom, so that a change of code installs only the code.
COPY pyproject.toml ./
RUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" \
      > requirements.txt \
 && pip install -r requirements.txt

COPY README.md LICENSE isopolis.py ./
COPY corpus ./corpus
COPY crawler ./crawler
COPY matcher ./matcher
COPY api ./api
RUN pip install --no-deps .


FROM python:3.11-slim-bookworm

# The folders exist before volumes are laid over them, so that those belong to the user as well.
RUN useradd --system --uid 10001 --create-home isopolis \
 && install -d -o isopolis -g isopolis /data /data/snapshots /data/index /data/models /data/chroma
COPY --from=wheels /opt/isopolis /opt/isopolis

ENV PATH=/opt/isopolis/bin:$PATH PYTHONUNBUFFERED=1 ISOPOLIS_HOME=/data
USER isopolis
WORKDIR /data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=8)"]
CMD ["isopolis", "serve", "--host", "0.0.0.0", "--port", "8000"]
