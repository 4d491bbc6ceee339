# The release of Node.js with long-term support that the tests run on, or a newer one.
ARG NODE=24-bookworm-slim

FROM node:${NODE} AS build
# better-sqlite3 is compiled here where no ready-made binary fits
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /votix
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 VAR_DIR=/data LOG_DIR=/logs LOGO_DIR=/uploads
WORKDIR /votix
COPY --from=build /votix/package.json ./
COPY --from=build /votix/node_modules node_modules
COPY --from=build /votix/static static
COPY --from=build /votix/dist dist
# the account that runs the program owns nothing but the three folders it writes to
RUN install -d -o node -g node -m 0750 /data /logs /uploads
USER node
VOLUME ["/data", "/logs", "/uploads"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["serve"]
