package io.tidepole.config;

import java.time.Duration;

/**
 * Limits on viewers' connections and on what they may ask for.
 *
 * @param maxMessageBytes the largest message, after inflating and over all its fragments; at least one frame
 * @param maxFrameBytes the largest frame on the wire
 * @param maxFragments the most frames that one message may come in
 * @param heartbeat the time between pings
 * @param maxConnections the most viewers at a time
 * @param maxSubscriptions the most subscriptions of one viewer
 * @param maxSeries the most series of one subscription
 */
public record WebSocketConfig(
        long maxMessageBytes,
        long maxFrameBytes,
        int maxFragments,
        Duration heartbeat,
        int maxConnections,
        int maxSubscriptions,
        int maxSeries) {
    public WebSocketConfig {
        Keys.WEBSOCKET_MAX_MESSAGE.require(maxMessageBytes);
        Keys.WEBSOCKET_MAX_FRAME.require(maxFrameBytes);
        Keys.WEBSOCKET_MAX_FRAGMENTS.require(maxFragments);
        Keys.WEBSOCKET_HEARTBEAT.require(heartbeat);
        Keys.WEBSOCKET_MAX_CONNECTIONS.require(maxConnections);
        Keys.WEBSOCKET_MAX_SUBSCRIPTIONS.require(maxSubscriptions);
        Keys.WEBSOCKET_MAX_SERIES.require(maxSeries);
        Rules.MAX_MESSAGE.require(maxMessageBytes, maxFrameBytes);
    }

    static WebSocketConfig from(Values values) {
        return new WebSocketConfig(
                values.get(Keys.WEBSOCKET_MAX_MESSAGE),
                values.get(Keys.WEBSOCKET_MAX_FRAME),
                values.get(Keys.WEBSOCKET_MAX_FRAGMENTS),
                values.get(Keys.WEBSOCKET_HEARTBEAT),
                values.get(Keys.WEBSOCKET_MAX_CONNECTIONS),
                values.get(Keys.WEBSOCKET_MAX_SUBSCRIPTIONS),
                values.get(Keys.WEBSOCKET_MAX_SERIES));
    }
}
