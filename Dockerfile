# syntax=docker/dockerfile:1

# The sources of this directory, built with the tests left to CI.
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -DskipTests -pl jetty-runner -am package

# glibc, which the native library of RocksDB needs; a JRE and nothing else of Java.
FROM eclipse-temurin:17-jre
LABEL org.opencontainers.image.title="Sluice" \
      org.opencontainers.image.description="An S3-compatible gateway"
RUN groupadd --system --gid 10001 sluice \
    && useradd --system --uid 10001 --gid sluice --home-dir /data --shell /usr/sbin/nologin sluice \
    && install -d -o sluice -g sluice -m 0700 /data
COPY --from=build /src/jetty-runner/target/sluice.jar /opt/sluice/sluice.jar
COPY conf/cli/sluice /usr/local/bin/sluice

# Nothing is written outside of /data: run with --read-only. What RocksDB unpacks goes there, too.
ENV SLUICE_ADDRESS=0.0.0.0 \
    SLUICE_PORT=8080 \
    SLUICE_DATA=/data \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -Djava.io.tmpdir=/data"
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SLUICE_PORT} && printf 'GET /-/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-jar", "/opt/sluice/sluice.jar"]
CMD ["serve"]
