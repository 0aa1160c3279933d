# The API and the workers of Buitenwacht, for a PostgreSQL, a Redis and an Elasticsearch by address (docker-compose.yml).

# The dashboard, with everything that building it needs.
FROM node:24-bookworm-slim AS dashboard
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node dashboard/build.js

# What runs needs of packages: no development, and neither the Node nor the PostgreSQL that otherwise come along.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json *.ts LICENSE ./
COPY domain domain
COPY platform platform
COPY storage storage
COPY search search
COPY ingest ingest
COPY workers workers
COPY api api
COPY --from=dashboard /app/dashboard/dist dashboard/dist
# The journal of erasures; the only place where we write.
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/health/ready').then((a)=>process.exit(a.ok?0:1),()=>process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "api/main.ts"]
