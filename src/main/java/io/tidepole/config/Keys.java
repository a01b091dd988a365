package io.tidepole.config;

import io.tidepole.config.AuthConfig.CertificateName;
import io.tidepole.config.ConnectionsConfig.ForwardedHeader;
import io.tidepole.config.HistoryConfig.Durability;
import io.tidepole.config.HttpConfig.Transport;
import io.tidepole.config.LogConfig.Level;
import io.tidepole.config.TlsConfig.ClientAuth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The table of all settings: what the loader accepts, what the records require and what the help text shows. */
final class Keys {
    /** A name or an IPv4 address, or an IPv6 address; a colon in anything else is a port that belongs elsewhere. */
    private static final String HOST_PATTERN = "[^\\s:/\\[\\]]+|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(%\\w+)?";

    static final Key<Path> DATA = new Key<>("data", Kind.folder(), "data", "folder for what is kept");

    static final Key<String> HTTP_HOST = new Key<>(
            "http.host",
            Kind.text("an address or a host name (the port is http.port)", HOST_PATTERN),
            "127.0.0.1",
            "address to listen on");
    static final Key<Integer> HTTP_PORT =
            new Key<>("http.port", Kind.whole(0, 65_535), "8080", "port to listen on; 0 picks a free one");
    static final Key<Integer> HTTP_LOOPS =
            new Key<>("http.loops", Kind.whole(0, 1_024), "0", "event loops; 0 for one per processor");
    static final Key<Transport> HTTP_TRANSPORT =
            new Key<>("http.transport", Kind.choice(Transport.class), "auto", "auto, epoll, io_uring or nio");
    static final Key<Long> HTTP_MAX_BODY =
            new Key<>("http.max_body", Kind.size("1KiB", "1GiB"), "16MiB", "largest request body");

    static final Key<String> HTTP_ORIGINS = new Key<>(
            "http.origins",
            Kind.text(
                    "a list of origins such as https://wall.example",
                    "(https?://[^\\s,/]+([\\s,]+https?://[^\\s,/]+)*)?"),
            "",
            "foreign pages that may use it");

    static final Key<Boolean> INSECURE =
            new Key<>("insecure", Kind.flag(), "false", "open to a network, and ask nobody");
    static final Key<Boolean> AUTH_ENABLED = new Key<>("auth.enabled", Kind.flag(), "false", "ask who is there");
    static final Key<Duration> AUTH_WAIT =
            new Key<>("auth.wait", Kind.duration("100ms", "1m"), "5s", "time to authenticate a socket");
    static final Key<Duration> AUTH_SESSION =
            new Key<>("auth.session", Kind.duration("1m", "90d"), "12h", "how long a login lasts");
    static final Key<CertificateName> AUTH_CERTIFICATES =
            new Key<>("auth.certificates", Kind.choice(CertificateName.class), "none", "what names a device");
    static final Key<String> AUTH_JWT_KEYS =
            new Key<>("auth.jwt_keys", Kind.text("a file or an https address", "\\S*"), "", "keys of JSON Web Tokens");
    static final Key<String> AUTH_JWT_ISSUER =
            new Key<>("auth.jwt_issuer", Kind.text("an issuer", "\\S*"), "", "what iss must be");
    static final Key<String> AUTH_JWT_AUDIENCE =
            new Key<>("auth.jwt_audience", Kind.text("an audience", "\\S*"), "tidepole", "what aud must contain");
    static final Key<Duration> AUTH_JWT_LEEWAY =
            new Key<>("auth.jwt_leeway", Kind.duration("0ms", "5m"), "30s", "how far clocks may differ");
    static final Key<String> AUTH_JWT_CLAIM =
            new Key<>("auth.jwt_claim", Kind.text("a claim's name", "\\S+"), "tidepole", "the claim with grants");
    static final Key<String> AUTH_JWT_ROLES_CLAIM =
            new Key<>("auth.jwt_roles_claim", Kind.text("a claim's name", "\\S+"), "groups", "the claim with roles");
    static final Key<String> AUTH_OIDC_ISSUER = new Key<>(
            "auth.oidc_issuer", Kind.text("an address", "(https?://\\S+)?"), "", "OpenID provider for people");
    static final Key<String> AUTH_OIDC_CLIENT_ID =
            new Key<>("auth.oidc_client_id", Kind.text("a client id", "\\S*"), "", "our name there");
    static final Key<String> AUTH_OIDC_SECRET_FILE =
            new Key<>("auth.oidc_secret_file", Kind.text("a file", ".*"), "", "file with our secret there");
    static final Key<String> AUTH_OIDC_SCOPES = new Key<>(
            "auth.oidc_scopes", Kind.text("scopes", "openid( \\S+)*"), "openid profile email", "what is asked for");
    static final Key<String> AUTH_OIDC_ROLE =
            new Key<>("auth.oidc_role", Kind.text("a role", "\\S*"), "", "role of all who log in there");
    static final Key<String> AUTH_OIDC_URL =
            new Key<>("auth.oidc_url", Kind.text("an address", "(https?://[^\\s/]+)?"), "", "our address for browsers");
    static final Key<Integer> CONNECTIONS_MAX =
            new Key<>("connections.max", Kind.whole(1, 10_000_000), "60000", "connections at a time");
    static final Key<Integer> CONNECTIONS_PER_ADDRESS =
            new Key<>("connections.per_address", Kind.whole(0, 10_000_000), "5000", "of one address; 0 for no limit");
    static final Key<Duration> CONNECTIONS_HEADER_TIMEOUT =
            new Key<>("connections.header_timeout", Kind.duration("100ms", "10m"), "10s", "time for a request's head");
    static final Key<Duration> CONNECTIONS_BODY_TIMEOUT =
            new Key<>("connections.body_timeout", Kind.duration("100ms", "1h"), "20s", "time for a body");
    static final Key<Duration> CONNECTIONS_IDLE_TIMEOUT =
            new Key<>("connections.idle_timeout", Kind.duration("1s", "1h"), "75s", "silence until it ends");
    static final Key<Integer> CONNECTIONS_ACCEPT_RATE =
            new Key<>("connections.accept_rate", Kind.whole(1, 1_000_000), "2000", "viewers/s that connect");
    static final Key<String> CONNECTIONS_TRUSTED_PROXIES = new Key<>(
            "connections.trusted_proxies",
            Kind.text("addresses and networks such as 10.0.0.0/8, ::1", "[0-9A-Fa-f.:/, ]*"),
            "",
            "proxies in front");
    static final Key<ForwardedHeader> CONNECTIONS_FORWARDED_HEADER = new Key<>(
            "connections.forwarded_header",
            Kind.choice(ForwardedHeader.class),
            "x_forwarded_for",
            "x_forwarded_for or forwarded");
    static final Key<Boolean> CONNECTIONS_PROXY_PROTOCOL =
            new Key<>("connections.proxy_protocol", Kind.flag(), "false", "they speak the PROXY protocol");

    static final Key<String> TLS_CERTIFICATE =
            new Key<>("tls.certificate", Kind.text("a file", "\\P{Cntrl}*"), "", "PEM file; empty for no TLS");
    static final Key<String> TLS_KEY =
            new Key<>("tls.key", Kind.text("a file", "\\P{Cntrl}*"), "", "PEM file with its private key");
    static final Key<Boolean> TLS_DEV = new Key<>("tls.dev", Kind.flag(), "false", "make a certificate (--dev-tls)");
    static final Key<String> TLS_CLIENT_CA =
            new Key<>("tls.client_ca", Kind.text("a file", "\\P{Cntrl}*"), "", "PEM file: who signs clients");
    static final Key<ClientAuth> TLS_CLIENT_AUTH =
            new Key<>("tls.client_auth", Kind.choice(ClientAuth.class), "none", "none, request or required");
    static final Key<Integer> TLS_REDIRECT_PORT =
            new Key<>("tls.redirect_port", Kind.whole(0, 65_535), "0", "plain port that leads to TLS");
    static final Key<Integer> TLS_MQTT_PORT =
            new Key<>("tls.mqtt_port", Kind.whole(0, 65_535), "8883", "port of MQTT over TLS");

    static final Key<Integer> RATES_MESSAGES =
            new Key<>("rates.messages", Kind.whole(1, 1_000_000), "100", "requests/s of one connection");
    static final Key<Long> RATES_BYTES =
            new Key<>("rates.bytes", Kind.size("1KiB", "1GiB"), "16MiB", "bytes/s of one connection");
    static final Key<Integer> RATES_SUBSCRIBES =
            new Key<>("rates.subscribes", Kind.whole(1, 1_000_000), "50", "subscribes/s of one connection");
    static final Key<Integer> RATES_FAILED_LOGINS =
            new Key<>("rates.failed_logins", Kind.whole(1, 1_000_000), "10", "failed logins/min of one address");

    static final Key<Boolean> HOST_ENABLED = new Key<>("host.enabled", Kind.flag(), "true", "sample this machine");
    static final Key<String> HOST_NAME = new Key<>(
            "host.name",
            Kind.text("a name of at most 253 printable characters", "\\P{Cntrl}{0,253}"),
            "",
            "its name; empty for its own");
    static final Key<Duration> HOST_INTERVAL =
            new Key<>("host.interval", Kind.duration("100ms", "60s"), "1s", "time between samples");
    static final Key<Duration> HOST_PROCESS_INTERVAL =
            new Key<>("host.process_interval", Kind.duration("100ms", "1h"), "5s", "time between lists of processes");

    static final Key<Long> HISTORY_MEMORY =
            new Key<>("history.memory", Kind.size("1MiB", "1TiB"), "64MiB", "memory for the recent past");

    static final Key<Durability> HISTORY_DURABILITY =
            new Key<>("history.durability", Kind.choice(Durability.class), "commit", "commit or memory");
    static final Key<Duration> HISTORY_RETENTION =
            new Key<>("history.retention", Kind.duration("1d", "3650d"), "30d", "how long it is kept on disk");
    static final Key<Long> HISTORY_MAX_DISK =
            new Key<>("history.max_disk", Kind.size("64MiB", "1024TiB"), "10GiB", "disk that it may take");
    static final Key<Duration> HISTORY_COMMIT_DELAY = new Key<>(
            "history.commit_delay", Kind.duration("0ms", "1s"), "10ms", "how long a commit waits for company");
    static final Key<Integer> HISTORY_MAX_QUESTIONS = new Key<>(
            "history.max_questions", Kind.whole(1, 10_000), "64", "questions that are answered or wait at a time");
    static final Key<Integer> HISTORY_THREADS =
            new Key<>("history.threads", Kind.whole(1, 64), "4", "questions that are answered at a time");
    static final Key<Integer> HISTORY_MAX_WAITING = new Key<>(
            "history.max_waiting", Kind.whole(10_000, 100_000_000), "500000", "readings that wait for the disk");

    static final Key<Path> DASHBOARDS_FOLDER =
            new Key<>("dashboards.folder", Kind.folder(), "conf/dashboards", "folder of their files");
    static final Key<Boolean> DASHBOARDS_EDITABLE =
            new Key<>("dashboards.editable", Kind.flag(), "true", "let pages write them");

    static final Key<String> EMBED_FRAME_ANCESTORS = new Key<>(
            "embed.frame_ancestors",
            Kind.text(
                    "origins with spaces between, self or none",
                    "none|self|(self )?https?://[^\\s;,'\"]+( https?://[^\\s;,'\"]+)*"),
            "self",
            "sites that may frame /embed");

    static final Key<Long> WEBSOCKET_MAX_MESSAGE = new Key<>(
            "websocket.max_message", Kind.size("1KiB", "64MiB"), "256KiB", "largest message, after inflating");
    static final Key<Long> WEBSOCKET_MAX_FRAME =
            new Key<>("websocket.max_frame", Kind.size("125", "64MiB"), "64KiB", "largest frame");
    static final Key<Integer> WEBSOCKET_MAX_FRAGMENTS =
            new Key<>("websocket.max_fragments", Kind.whole(1, 1_000_000), "128", "frames that a message may have");
    static final Key<Duration> WEBSOCKET_HEARTBEAT =
            new Key<>("websocket.heartbeat", Kind.duration("100ms", "10m"), "25s", "time between pings");
    static final Key<Integer> WEBSOCKET_MAX_CONNECTIONS =
            new Key<>("websocket.max_connections", Kind.whole(1, 10_000_000), "50000", "viewers at a time");
    static final Key<Integer> WEBSOCKET_MAX_SUBSCRIPTIONS =
            new Key<>("websocket.max_subscriptions", Kind.whole(1, 100_000), "64", "subscriptions of one viewer");
    static final Key<Integer> WEBSOCKET_MAX_SERIES =
            new Key<>("websocket.max_series", Kind.whole(1, 10_000_000), "10000", "series of one subscription");

    static final Key<Boolean> PUSH_COMPRESSION =
            new Key<>("push.compression", Kind.flag(), "true", "deflate for viewers that offer it");
    static final Key<Integer> PUSH_COMPRESSION_LEVEL =
            new Key<>("push.compression_level", Kind.whole(1, 9), "3", "1 is fast, 9 is small");
    static final Key<Integer> PUSH_MAX_DEFLATERS =
            new Key<>("push.max_deflaters", Kind.whole(0, 65_536), "256", "groups that deflate (260 KiB each)");
    static final Key<Integer> PUSH_EPOCH_MIN_FRAMES = new Key<>(
            "push.epoch_min_frames", Kind.whole(1, 1_000_000), "2", "least frames between resets of a window");
    static final Key<Long> PUSH_HIGH_WATER =
            new Key<>("push.high_water", Kind.size("1KiB", "64MiB"), "32KiB", "bytes unsent that make a viewer slow");
    static final Key<Long> PUSH_NOT_SENT_LOW_WATER =
            new Key<>("push.not_sent_low_water", Kind.size("1KiB", "64MiB"), "16KiB", "bytes unsent in the kernel");
    static final Key<Integer> PUSH_MAX_ANSWERS =
            new Key<>("push.max_answers", Kind.whole(1, 100_000), "16", "answers waiting for one viewer");
    static final Key<Duration> PUSH_DEGRADE_AFTER =
            new Key<>("push.degrade_after", Kind.duration("100ms", "1h"), "3s", "time behind until fewer updates");
    static final Key<Duration> PUSH_RESTORE_AFTER =
            new Key<>("push.restore_after", Kind.duration("100ms", "1h"), "10s", "time in step until more again");
    static final Key<Duration> PUSH_CLOSE_AFTER =
            new Key<>("push.close_after", Kind.duration("1s", "1d"), "60s", "time without taking a byte until closed");
    static final Key<Duration> PUSH_CATCHUP_WINDOW =
            new Key<>("push.catchup_window", Kind.duration("1s", "1h"), "60s", "past that a slow viewer catches up");

    static final Key<Duration> INGEST_MAX_SKEW =
            new Key<>("ingest.max_skew", Kind.duration("1s", "1d"), "5m", "how far a sender's clock may be ahead");
    static final Key<Duration> INGEST_MAX_AGE =
            new Key<>("ingest.max_age", Kind.duration("1m", "3650d"), "7d", "the oldest reading that is taken");
    static final Key<Long> INGEST_MAX_WAITING =
            new Key<>("ingest.max_waiting", Kind.size("1MiB", "64GiB"), "64MiB", "bodies held at a time");

    static final Key<Integer> INGEST_MAX_BACKLOG = new Key<>(
            "ingest.max_backlog", Kind.whole(1_000, 1_000_000_000), "500000", "readings not in their windows yet");
    static final Key<UnitTable> INGEST_UNITS =
            new Key<>("ingest.units", UnitTable.kind(), UnitTable.DEFAULT_TEXT, "units of metrics, by name");

    static final Key<Boolean> MQTT_ENABLED = new Key<>("mqtt.enabled", Kind.flag(), "true", "listen for MQTT");
    static final Key<Integer> MQTT_PORT =
            new Key<>("mqtt.port", Kind.whole(0, 65_535), "1883", "its port; 0 picks a free one");
    static final Key<Integer> MQTT_MAX_CONNECTIONS =
            new Key<>("mqtt.max_connections", Kind.whole(1, 10_000_000), "10000", "clients at a time");
    static final Key<Integer> MQTT_RECEIVE_MAXIMUM =
            new Key<>("mqtt.receive_maximum", Kind.whole(1, 65_535), "100", "messages of one client in flight");
    static final Key<Boolean> MQTT_PROXY_PROTOCOL =
            new Key<>("mqtt.proxy_protocol", Kind.flag(), "false", "its clients' proxies speak the PROXY protocol");
    static final Key<String> MQTT_BROKER = new Key<>(
            "mqtt.broker",
            Kind.text("mqtt://host:port or mqtts://host:port", BrokerConfig.ADDRESS_PATTERN),
            "",
            "a broker to take readings from");
    static final Key<String> MQTT_BROKER_TOPICS = new Key<>(
            "mqtt.broker_topics",
            Kind.text("at most 64 filters of topics, with a space between", BrokerConfig.TOPICS_PATTERN),
            "sensors/#",
            "what to ask it for");
    static final Key<String> MQTT_BROKER_USER =
            new Key<>("mqtt.broker_user", Kind.text("a name", ".{0,256}"), "", "the user there");
    static final Key<String> MQTT_BROKER_PASSWORD_FILE =
            new Key<>("mqtt.broker_password_file", Kind.text("a file", ".*"), "", "file with the password");
    static final Key<String> MQTT_BROKER_AUTHORITY_FILE = new Key<>(
            "mqtt.broker_authority_file",
            Kind.text("a file", ".*"),
            "",
            "file with the certificate that signed its own");

    static final Key<Integer> LIMITS_SERIES =
            new Key<>("limits.series", Kind.whole(1, 100_000_000), "100000", "series in all");
    static final Key<Integer> LIMITS_DEVICE_SERIES =
            new Key<>("limits.device_series", Kind.whole(1, 100_000_000), "1000", "series of one device");
    static final Key<Integer> LIMITS_DEVICE_RATE =
            new Key<>("limits.device_rate", Kind.whole(1, 100_000_000), "100000", "readings/s of one device");
    static final Key<Integer> LIMITS_ADDRESS_RATE =
            new Key<>("limits.address_rate", Kind.whole(1, 1_000_000_000), "2000000", "readings/s of one address");
    static final Key<Integer> LIMITS_LABELS =
            new Key<>("limits.labels", Kind.whole(0, 1_000), "24", "labels of one series");
    static final Key<Integer> LIMITS_NAME =
            new Key<>("limits.name", Kind.whole(8, 4_096), "200", "characters of a metric's or label's name");
    static final Key<Integer> LIMITS_LABEL_VALUE =
            new Key<>("limits.label_value", Kind.whole(8, 4_096), "256", "characters of a label's value");
    static final Key<Long> LIMITS_LINE =
            new Key<>("limits.line", Kind.size("128", "16MiB"), "64KiB", "one line of line protocol, one MQTT message");

    static final Key<Duration> SHUTDOWN_GRACE =
            new Key<>("shutdown.grace", Kind.duration("0ms", "5m"), "8s", "time to say goodbye to viewers");

    static final Key<Boolean> DIAGNOSTICS_ECHO =
            new Key<>("diagnostics.echo", Kind.flag(), "false", "serve /echo, for conformance suites");

    static final Key<Level> LOG_LEVEL =
            new Key<>("log.level", Kind.choice(Level.class), "info", "error, warn, info, debug or trace");

    /** A heading and its keys. */
    record Group(String title, List<Key<?>> keys) {}

    /** All keys, in the order in which people read them. */
    static final List<Group> GROUPS = List.of(
            new Group("Data", List.of(DATA)),
            new Group("HTTP", List.of(HTTP_HOST, HTTP_PORT, HTTP_LOOPS, HTTP_TRANSPORT, HTTP_MAX_BODY, HTTP_ORIGINS)),
            new Group(
                    "Safety",
                    List.of(
                            INSECURE,
                            AUTH_ENABLED,
                            AUTH_WAIT,
                            AUTH_SESSION,
                            AUTH_CERTIFICATES,
                            AUTH_JWT_KEYS,
                            AUTH_JWT_ISSUER,
                            AUTH_JWT_AUDIENCE,
                            AUTH_JWT_LEEWAY,
                            AUTH_JWT_CLAIM,
                            AUTH_JWT_ROLES_CLAIM,
                            AUTH_OIDC_ISSUER,
                            AUTH_OIDC_CLIENT_ID,
                            AUTH_OIDC_SECRET_FILE,
                            AUTH_OIDC_SCOPES,
                            AUTH_OIDC_ROLE,
                            AUTH_OIDC_URL)),
            new Group(
                    "Connections",
                    List.of(
                            CONNECTIONS_MAX,
                            CONNECTIONS_PER_ADDRESS,
                            CONNECTIONS_HEADER_TIMEOUT,
                            CONNECTIONS_BODY_TIMEOUT,
                            CONNECTIONS_IDLE_TIMEOUT,
                            CONNECTIONS_ACCEPT_RATE,
                            CONNECTIONS_TRUSTED_PROXIES,
                            CONNECTIONS_FORWARDED_HEADER,
                            CONNECTIONS_PROXY_PROTOCOL)),
            new Group(
                    "TLS",
                    List.of(
                            TLS_CERTIFICATE,
                            TLS_KEY,
                            TLS_DEV,
                            TLS_CLIENT_CA,
                            TLS_CLIENT_AUTH,
                            TLS_REDIRECT_PORT,
                            TLS_MQTT_PORT)),
            new Group("Rates", List.of(RATES_MESSAGES, RATES_BYTES, RATES_SUBSCRIBES, RATES_FAILED_LOGINS)),
            new Group("This machine", List.of(HOST_ENABLED, HOST_NAME, HOST_INTERVAL, HOST_PROCESS_INTERVAL)),
            new Group(
                    "The past",
                    List.of(
                            HISTORY_MEMORY,
                            HISTORY_DURABILITY,
                            HISTORY_RETENTION,
                            HISTORY_MAX_DISK,
                            HISTORY_COMMIT_DELAY,
                            HISTORY_MAX_WAITING,
                            HISTORY_THREADS,
                            HISTORY_MAX_QUESTIONS)),
            new Group("Dashboards", List.of(DASHBOARDS_FOLDER, DASHBOARDS_EDITABLE, EMBED_FRAME_ANCESTORS)),
            new Group(
                    "Viewers",
                    List.of(
                            WEBSOCKET_MAX_MESSAGE,
                            WEBSOCKET_MAX_FRAME,
                            WEBSOCKET_MAX_FRAGMENTS,
                            WEBSOCKET_HEARTBEAT,
                            WEBSOCKET_MAX_CONNECTIONS,
                            WEBSOCKET_MAX_SUBSCRIPTIONS,
                            WEBSOCKET_MAX_SERIES)),
            new Group(
                    "What is sent to them",
                    List.of(
                            PUSH_COMPRESSION,
                            PUSH_COMPRESSION_LEVEL,
                            PUSH_MAX_DEFLATERS,
                            PUSH_EPOCH_MIN_FRAMES,
                            PUSH_HIGH_WATER,
                            PUSH_NOT_SENT_LOW_WATER,
                            PUSH_MAX_ANSWERS,
                            PUSH_DEGRADE_AFTER,
                            PUSH_RESTORE_AFTER,
                            PUSH_CLOSE_AFTER,
                            PUSH_CATCHUP_WINDOW)),
            new Group(
                    "MQTT",
                    List.of(
                            MQTT_ENABLED,
                            MQTT_PORT,
                            MQTT_MAX_CONNECTIONS,
                            MQTT_RECEIVE_MAXIMUM,
                            MQTT_PROXY_PROTOCOL,
                            MQTT_BROKER,
                            MQTT_BROKER_TOPICS,
                            MQTT_BROKER_USER,
                            MQTT_BROKER_PASSWORD_FILE,
                            MQTT_BROKER_AUTHORITY_FILE)),
            new Group(
                    "Readings and limits",
                    List.of(
                            INGEST_MAX_SKEW,
                            INGEST_MAX_AGE,
                            INGEST_MAX_WAITING,
                            INGEST_MAX_BACKLOG,
                            INGEST_UNITS,
                            LIMITS_SERIES,
                            LIMITS_DEVICE_SERIES,
                            LIMITS_DEVICE_RATE,
                            LIMITS_ADDRESS_RATE,
                            LIMITS_LABELS,
                            LIMITS_NAME,
                            LIMITS_LABEL_VALUE,
                            LIMITS_LINE)),
            new Group("Running it", List.of(SHUTDOWN_GRACE, DIAGNOSTICS_ECHO, LOG_LEVEL)));

    private Keys() {}

    /** All keys without their groups. */
    static List<Key<?>> all() {
        return GROUPS.stream().<Key<?>>flatMap(group -> group.keys().stream()).toList();
    }
}
