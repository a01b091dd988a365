package io.tidepole.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SelectorSyntaxException;
import io.tidepole.window.By;
import io.tidepole.window.Interval;
import io.tidepole.window.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Reads what viewers say. Unknown fields are skipped; depth and lengths are bounded. */
public final class ClientCodec {
    /** Selectors in one subscription. */
    public static final int MAX_SELECTORS = 256;

    private static final int MAX_REQUEST_ID = 64;
    private static final int REQUEST_ID_WITHIN = 1_024;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(8_192)
                    .maxNameLength(256)
                    .maxNumberLength(64)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ClientCodec() {}

    /**
     * Reads one text message.
     *
     * @param bytes UTF-8, already checked
     * @throws BadMessageException with a code, if it is not a request
     */
    public static ClientMessage decode(byte[] bytes, int offset, int length) throws BadMessageException {
        Fields fields = new Fields();
        try (JsonParser json = JSON.createParser(bytes, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadMessageException(ErrorCode.BAD_JSON, "a message is a JSON object", "");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                fields.read(json, name);
            }
            if (json.nextToken() != null) {
                throw new BadMessageException(ErrorCode.BAD_JSON, "a message is one JSON object", fields.requestId);
            }
        } catch (IOException e) {
            throw new BadMessageException(ErrorCode.BAD_JSON, "not readable as JSON", fields.requestId);
        }
        return fields.message();
    }

    /** The id of a message that is not read otherwise, if that is among what its first KiB holds; else empty. */
    public static String requestId(byte[] bytes, int offset, int length) {
        try (JsonParser json = JSON.createParser(bytes, offset, Math.min(length, REQUEST_ID_WITHIN))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = json.currentName().equals("requestId");
                JsonToken value = json.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_STRING && json.getTextLength() <= MAX_REQUEST_ID
                            ? json.getText()
                            : "";
                }
                json.skipChildren();
            }
        } catch (IOException unreadable) {
            return "";
        }
        return "";
    }

    /** Collects the fields that any request has, in whatever order they come. */
    private static final class Fields {
        private String type = "";
        private String requestId = "";
        private String problem = "";
        private final List<String> select = new ArrayList<>();
        private final List<String> topics = new ArrayList<>();
        private final List<String> by = new ArrayList<>();
        private boolean across;
        private long interval = 1_000;
        private String stat = "last";
        private String token = "";
        private long subscription = -1;
        private long clientTime = -1;
        private double paintMillis = -1;

        void read(JsonParser json, String name) throws IOException {
            switch (name) {
                case "type" -> type = text(json, name);
                case "requestId" -> requestId = requestId(json);
                case "select" -> texts(json, name, select);
                case "topics" -> texts(json, name, topics);
                case "by" -> {
                    across = true;
                    texts(json, name, by);
                }
                case "interval" -> interval = number(json, name);
                case "stat" -> stat = text(json, name);
                case "token" -> token = text(json, name);
                case "subscription" -> subscription = number(json, name);
                case "clientTime" -> clientTime = number(json, name);
                case "paintMillis" -> paintMillis = json.currentToken().isNumeric() ? json.getDoubleValue() : -1;
                default -> json.skipChildren();
            }
        }

        private void complain(JsonParser json, String what) throws IOException {
            json.skipChildren();
            if (problem.isEmpty()) {
                problem = what;
            }
        }

        private String text(JsonParser json, String name) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                return json.getText();
            }
            complain(json, name + " is a text");
            return "";
        }

        private String requestId(JsonParser json) throws IOException {
            String text = text(json, "requestId");
            if (text.length() > MAX_REQUEST_ID) {
                complain(json, "requestId has at most " + MAX_REQUEST_ID + " characters");
                return "";
            }
            return text;
        }

        private long number(JsonParser json, String name) throws IOException {
            if (json.currentToken().isNumeric()) {
                double value = json.getDoubleValue();
                if (Math.abs(value) < 1L << 53) {
                    return Math.round(value);
                }
            }
            complain(json, name + " is a number");
            return -1;
        }

        /** A list of texts, or one. */
        private void texts(JsonParser json, String name, List<String> texts) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                texts.add(json.getText());
                return;
            }
            if (json.currentToken() != JsonToken.START_ARRAY) {
                complain(json, name + " is a list of texts");
                return;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (texts.size() == MAX_SELECTORS) {
                    complain(json, name + " has at most " + MAX_SELECTORS + " entries");
                } else {
                    texts.add(text(json, name + "[" + texts.size() + "]"));
                }
            }
        }

        ClientMessage message() throws BadMessageException {
            if (!problem.isEmpty()) {
                throw new BadMessageException(ErrorCode.BAD_REQUEST, problem, requestId);
            }
            return switch (type) {
                case "subscribe" -> topics.isEmpty() ? subscribe() : listen();
                case "authenticate" -> new ClientMessage.Authenticate(requestId, token);
                case "unsubscribe" ->
                    new ClientMessage.Unsubscribe(
                            requestId, Math.toIntExact(inRange("subscription", subscription, Integer.MAX_VALUE)));
                case "ping" -> new ClientMessage.Ping(requestId, inRange("clientTime", clientTime, Long.MAX_VALUE));
                case "client.report" -> report();
                default ->
                    throw new BadMessageException(
                            ErrorCode.UNKNOWN_TYPE,
                            type.isEmpty() ? "type is missing" : "type is not known here",
                            requestId);
            };
        }

        private long inRange(String name, long value, long max) throws BadMessageException {
            if (value < 0 || value > max) {
                throw new BadMessageException(ErrorCode.BAD_REQUEST, name + " is missing or out of range", requestId);
            }
            return value;
        }

        private ClientMessage report() throws BadMessageException {
            if (!(paintMillis >= 0 && paintMillis < 86_400_000)) {
                throw new BadMessageException(
                        ErrorCode.BAD_REQUEST, "paintMillis is missing or out of range", requestId);
            }
            return new ClientMessage.Report(requestId, paintMillis);
        }

        private ClientMessage listen() throws BadMessageException {
            if (!select.isEmpty()) {
                throw new BadMessageException(
                        ErrorCode.BAD_REQUEST, "select and topics are two subscriptions", requestId);
            }
            EnumSet<NoticeTopic> chosen = EnumSet.noneOf(NoticeTopic.class);
            for (String name : topics) {
                chosen.add(NoticeTopic.byName(name)
                        .orElseThrow(() -> new BadMessageException(
                                ErrorCode.BAD_TOPIC, "topics are " + NoticeTopic.names(), requestId)));
            }
            return new ClientMessage.Listen(requestId, chosen);
        }

        private ClientMessage subscribe() throws BadMessageException {
            if (select.isEmpty()) {
                throw new BadMessageException(ErrorCode.BAD_REQUEST, "select or topics is missing", requestId);
            }
            if (!Interval.isAllowed(interval)) {
                throw new BadMessageException(
                        ErrorCode.BAD_INTERVAL,
                        "interval is 0, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000 or 60000",
                        requestId);
            }
            Stat chosen = Stat.byName(stat)
                    .orElseThrow(
                            () -> new BadMessageException(ErrorCode.BAD_STAT, "stat is " + Stat.names(), requestId));
            if (interval == Interval.EVERY_READING && chosen != Stat.LAST) {
                throw new BadMessageException(ErrorCode.BAD_STAT, "interval 0 takes stat last only", requestId);
            }
            return new ClientMessage.Subscribe(requestId, selectors(), (int) interval, chosen, by());
        }

        private Optional<By> by() throws BadMessageException {
            if (!across) {
                return Optional.empty();
            }
            if (interval == Interval.EVERY_READING) {
                throw new BadMessageException(ErrorCode.BAD_BY, "by needs windows, and interval 0 has none", requestId);
            }
            if (by.stream().distinct().count() > By.MAX_LABELS || by.stream().anyMatch(String::isEmpty)) {
                throw new BadMessageException(
                        ErrorCode.BAD_BY, "by is a list of at most " + By.MAX_LABELS + " labels", requestId);
            }
            return Optional.of(new By(by));
        }

        private List<Selector> selectors() throws BadMessageException {
            List<Selector> selectors = new ArrayList<>();
            for (int i = 0; i < select.size(); i++) {
                try {
                    selectors.add(Selector.parse(select.get(i)));
                } catch (SelectorSyntaxException e) {
                    throw new BadMessageException(
                            ErrorCode.BAD_SELECTOR, "select[" + i + "]: " + e.getMessage(), requestId);
                }
            }
            return selectors;
        }
    }
}
