package io.tidepole.protocol;

import io.tidepole.metric.SeriesKey;
import io.tidepole.protocol.ServerMessage.Entry;
import io.tidepole.window.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what the server says; the golden files under {@code src/test/resources/golden} hold one of each. */
public final class ServerCodec {
    private ServerCodec() {}

    /** A message as UTF-8 JSON. */
    public static byte[] encode(ServerMessage message) {
        JsonBytes json = new JsonBytes(256);
        if (message instanceof ServerMessage.Welcome welcome) {
            welcome(json, welcome);
        } else if (message instanceof ServerMessage.Listening listening) {
            listening(json, listening);
        } else if (message instanceof ServerMessage.Missed missed) {
            json.raw("{\"type\":\"topics.missed\"");
            topics(json, missed.topics());
            json.put('}');
        } else if (message instanceof ServerMessage.Unsubscribed unsubscribed) {
            json.raw("{\"type\":\"unsubscribed\"");
            requestId(json, unsubscribed.requestId());
            json.raw(",\"subscription\":").number(unsubscribed.subscription()).put('}');
        } else if (message instanceof ServerMessage.Added added) {
            json.raw("{\"type\":\"series.added\",\"series\":");
            entries(json, added.series());
            json.put('}');
        } else if (message instanceof ServerMessage.Removed removed) {
            removed(json, removed);
        } else if (message instanceof ServerMessage.Pong pong) {
            json.raw("{\"type\":\"pong\"");
            requestId(json, pong.requestId());
            json.raw(",\"clientTime\":").number(pong.clientTimeMillis());
            json.raw(",\"serverTime\":").number(pong.serverTimeMillis()).put('}');
        } else if (message instanceof ServerMessage.Degraded degraded) {
            json.raw("{\"type\":\"subscription.degraded\",\"interval\":")
                    .number(degraded.intervalMillis())
                    .put('}');
        } else if (message instanceof ServerMessage.Restored) {
            json.raw("{\"type\":\"subscription.restored\"}");
        } else if (message instanceof ServerMessage.Draining draining) {
            json.raw("{\"type\":\"server.draining\",\"reconnectAfterMillis\":")
                    .number(draining.reconnectAfterMillis())
                    .put('}');
        } else if (message instanceof ServerMessage.Authenticated authenticated) {
            authenticated(json, authenticated);
        } else if (message instanceof ServerMessage.NotAuthenticated refused) {
            json.raw("{\"type\":\"auth.error\"");
            requestId(json, refused.requestId());
            json.raw(",\"message\":").text(refused.message()).put('}');
        } else if (message instanceof ServerMessage.Failure failure) {
            failure(json, failure);
        } else if (message instanceof ServerMessage.Limited limited) {
            json.raw("{\"type\":\"error\",\"code\":\"rate_limited\",\"message\":\"too many requests\"");
            requestId(json, limited.requestId());
            json.raw(",\"retry\":true,\"retryAfterMillis\":")
                    .number(limited.retryAfterMillis())
                    .put('}');
        }
        return json.toByteArray();
    }

    /** The beginning of an answer to a subscribe; {@link #listing} is its end. */
    public static byte[] subscribed(String requestId, int subscription, long endMillis, boolean more) {
        JsonBytes json = new JsonBytes(128).raw("{\"type\":\"subscribed\"");
        requestId(json, requestId);
        json.raw(",\"subscription\":").number(subscription).raw(",\"t\":").number(endMillis);
        return json.raw(more ? ",\"more\":true,\"series\":" : ",\"series\":").toByteArray();
    }

    /** The end of an answer to a subscribe: the same for all who ask the same. */
    public static byte[] listing(List<Entry> series) {
        JsonBytes json = new JsonBytes(1_024);
        entries(json, series);
        return json.put('}').toByteArray();
    }

    private static void welcome(JsonBytes json, ServerMessage.Welcome welcome) {
        json.raw("{\"type\":\"welcome\",\"connectionId\":").text(welcome.connectionId());
        json.raw(",\"server\":").text(welcome.server());
        json.raw(",\"instance\":").text(welcome.instance());
        json.raw(",\"host\":").text(welcome.host());
        json.raw(",\"started\":").number(welcome.startedMillis());
        json.raw(",\"serverTime\":").number(welcome.serverTimeMillis());
        json.raw(",\"heartbeat\":").number(welcome.heartbeatMillis());
        json.raw(",\"maxMessageBytes\":").number(welcome.maxMessageBytes());
        json.raw(",\"subprotocol\":").text(welcome.subprotocol()).put('}');
    }

    private static void listening(JsonBytes json, ServerMessage.Listening listening) {
        json.raw("{\"type\":\"subscribed\"");
        requestId(json, listening.requestId());
        json.raw(",\"subscription\":").number(listening.subscription());
        topics(json, listening.topics());
        json.raw(",\"t\":").number(listening.timeMillis()).put('}');
    }

    private static void topics(JsonBytes json, Iterable<NoticeTopic> topics) {
        json.raw(",\"topics\":[");
        boolean first = true;
        for (NoticeTopic topic : topics) {
            json.raw(first ? "" : ",").text(topic.wireName());
            first = false;
        }
        json.put(']');
    }

    private static void removed(JsonBytes json, ServerMessage.Removed removed) {
        json.raw("{\"type\":\"series.removed\",\"ids\":[");
        for (int i = 0; i < removed.ids().size(); i++) {
            json.raw(i == 0 ? "" : ",").number(removed.ids().get(i));
        }
        json.raw("]}");
    }

    private static void authenticated(JsonBytes json, ServerMessage.Authenticated authenticated) {
        json.raw("{\"type\":\"auth.success\"");
        requestId(json, authenticated.requestId());
        json.raw(",\"userId\":").text(authenticated.userId());
        if (authenticated.expiresAtMillis() != Long.MAX_VALUE) {
            json.raw(",\"expiresAt\":").number(authenticated.expiresAtMillis());
        }
        json.put('}');
    }

    private static void failure(JsonBytes json, ServerMessage.Failure failure) {
        json.raw("{\"type\":\"error\",\"code\":").text(failure.code().wireName());
        json.raw(",\"message\":").text(failure.message());
        requestId(json, failure.requestId());
        json.raw(",\"retry\":false}");
    }

    private static void requestId(JsonBytes json, String requestId) {
        if (!requestId.isEmpty()) {
            json.raw(",\"requestId\":").text(requestId);
        }
    }

    private static void entries(JsonBytes json, List<Entry> entries) {
        json.put('[');
        for (int i = 0; i < entries.size(); i++) {
            json.raw(i == 0 ? "" : ",");
            entry(json, entries.get(i));
        }
        json.put(']');
    }

    private static void entry(JsonBytes json, Entry entry) {
        json.raw("{\"id\":").number(entry.id());
        json.raw(",\"metric\":").text(entry.descriptor().key().metric());
        json.raw(",\"labels\":");
        labels(json, entry.descriptor().key());
        json.raw(",\"unit\":").text(entry.descriptor().unit().code());
        entry.by().ifPresent(by -> by(json, by));
        json.raw(",\"interval\":").number(entry.intervalMillis());
        json.raw(",\"stat\":").text(entry.stat().wireName());
        if (entry.last().isPresent()) {
            json.raw(",\"last\":").number(entry.last().getAsDouble());
            json.raw(",\"lastTime\":").number(entry.lastTimeMillis());
        }
        json.put('}');
    }

    static void by(JsonBytes json, By by) {
        json.raw(",\"by\":[");
        for (int i = 0; i < by.labels().size(); i++) {
            json.raw(i == 0 ? "" : ",").text(by.labels().get(i));
        }
        json.put(']');
    }

    static void labels(JsonBytes json, SeriesKey key) {
        json.put('{');
        boolean first = true;
        for (Map.Entry<String, String> label : key.labels().entrySet()) {
            json.raw(first ? "" : ",").text(label.getKey()).put(':').text(label.getValue());
            first = false;
        }
        json.put('}');
    }

    /** Splits a long list of series so that each message stays well within a size. */
    public static List<List<Entry>> parts(List<Entry> entries, int maxMessageBytes) {
        List<List<Entry>> parts = new ArrayList<>();
        JsonBytes json = new JsonBytes(1_024);
        int start = 0;
        int bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            entry(json.clear(), entries.get(i));
            if (i > start && bytes + json.size() + 1 > maxMessageBytes - 512) {
                parts.add(entries.subList(start, i));
                start = i;
                bytes = 0;
            }
            bytes += json.size() + 1;
        }
        parts.add(entries.subList(start, entries.size()));
        return parts;
    }
}
