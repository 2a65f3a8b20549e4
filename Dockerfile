# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN tools/publish.sh /portal

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# What makes pictures smaller; without it they are shown as they were uploaded.
RUN apt-get update && apt-get install -y --no-install-recommends libvips42 && rm -rf /var/lib/apt/lists/*
WORKDIR /portal
COPY --from=build /portal .
RUN mkdir /data && chown "$APP_UID" /data
ENV ASPNETCORE_URLS=http://+:8080 \
    Portal__DataPath=/data
EXPOSE 8080
VOLUME /data
USER $APP_UID
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s CMD ["dotnet", "Metro.Portal.dll", "health"]
ENTRYPOINT ["dotnet", "Metro.Portal.dll"]
