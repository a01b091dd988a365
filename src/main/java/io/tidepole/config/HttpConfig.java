package io.tidepole.config;

/**
 * The HTTP server.
 *
 * @param host the address or name to listen on
 * @param port the port to listen on; 0 picks a free one
 * @param loops event loops that serve HTTP and viewers; 0 for one per processor
 * @param transport how sockets are served
 * @param maxBodyBytes the largest request body
 */
public record HttpConfig(String host, int port, int loops, Transport transport, long maxBodyBytes) {
    public HttpConfig {
        Keys.HTTP_HOST.require(host);
        Keys.HTTP_PORT.require(port);
        Keys.HTTP_LOOPS.require(loops);
        Keys.HTTP_MAX_BODY.require(maxBodyBytes);
    }

    /** How sockets are served. */
    public enum Transport {
        /** The best native one that this machine has, else NIO. */
        AUTO,
        EPOLL,
        IO_URING,
        NIO
    }

    static HttpConfig from(Values values) {
        return new HttpConfig(
                values.get(Keys.HTTP_HOST),
                values.get(Keys.HTTP_PORT),
                values.get(Keys.HTTP_LOOPS),
                values.get(Keys.HTTP_TRANSPORT),
                values.get(Keys.HTTP_MAX_BODY));
    }
}
