# syntax=docker/dockerfile:1
# One image holds the server and the built browser client. The same commands build it on any machine (see
# docs/decisions/0005-container-image.md).

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc turbo.json ./
COPY server/package.json server/package.json
COPY client/package.json client/package.json
COPY packages/contract/package.json packages/contract/package.json
COPY packages/domain/package.json packages/domain/package.json
COPY packages/editor/package.json packages/editor/package.json
COPY packages/sync/package.json packages/sync/package.json
COPY packages/embedded-mongo/package.json packages/embedded-mongo/package.json
COPY packages/e2e/package.json packages/e2e/package.json
RUN npm install --no-audit --no-fund --no-progress
COPY . .
RUN npx vite build client --logLevel warn

FROM node:20-bookworm-slim AS production
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
COPY server/package.json server/package.json
COPY client/package.json client/package.json
COPY packages/contract/package.json packages/contract/package.json
COPY packages/domain/package.json packages/domain/package.json
COPY packages/editor/package.json packages/editor/package.json
COPY packages/sync/package.json packages/sync/package.json
COPY packages/embedded-mongo/package.json packages/embedded-mongo/package.json
COPY packages/e2e/package.json packages/e2e/package.json
RUN npm install --omit=dev --workspace server --workspace packages/contract --workspace packages/domain --workspace packages/editor --workspace packages/sync --workspace packages/embedded-mongo --include-workspace-root --no-audit --no-fund --no-progress \
 && npm cache clean --force

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
COPY --from=production /app /app
COPY server/src server/src
COPY packages/contract/src packages/contract/src
COPY packages/domain/src packages/domain/src
COPY packages/editor/src packages/editor/src
COPY packages/sync/src packages/sync/src
COPY packages/embedded-mongo/src packages/embedded-mongo/src
COPY --from=build /app/client/dist client/dist
COPY tsconfig.base.json ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--min-semi-space-size=16", "--import", "tsx", "server/src/main.ts"]
