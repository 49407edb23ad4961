# Two images from one build:  docker build --target web .   and   docker build --target worker .
# Both run as the user `node`; ffmpeg is in the worker only.

FROM node:24-bookworm-slim AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
# Volumes take the owner of the folder they cover: made here, the user may write to them.
RUN chown node:node /app && install -d -o node -g node /spool /app/.data
USER node

FROM base AS build
COPY --chown=node:node package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY --chown=node:node . .
RUN node scripts/build.mjs

# Only what runs. The pinned Node is for machines with another one; here it is the image's own.
FROM base AS packages
COPY --chown=node:node package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node-linux-*

FROM base AS web
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --chown=node:node --from=packages /app/node_modules ./node_modules
COPY --chown=node:node --from=build /app/package.json /app/next.config.mjs ./
COPY --chown=node:node --from=build /app/.next ./.next
COPY --chown=node:node --from=build /app/public ./public
EXPOSE 3000
HEALTHCHECK --interval=15s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/api/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "node_modules/next/dist/bin/next", "start", "-H", "0.0.0.0"]

FROM base AS worker
USER root
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
USER node
ENV NODE_ENV=production
COPY --chown=node:node --from=packages /app/node_modules ./node_modules
COPY --chown=node:node --from=build /app/package.json ./
COPY --chown=node:node --from=build /app/dist ./dist
CMD ["node", "-C", "production", "--enable-source-maps", "dist/worker.mjs"]
