package io.tidepole;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Reads the query of a request. Throws IllegalArgumentException, for people, where it is not what it should be. */
final class Parameters {
    private static final long MAX_NUMBER = 1L << 53;

    private final RoutingContext request;

    Parameters(RoutingContext request) {
        this.request = request;
    }

    List<String> all(String name) {
        return request.queryParam(name);
    }

    Optional<String> one(String name) {
        return all(name).stream().findFirst();
    }

    /** A whole number that is not negative. */
    long number(String name, long otherwise) {
        Optional<String> text = one(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= 0 && value < MAX_NUMBER) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a whole number", e);
        }
        throw new IllegalArgumentException(name + " is out of range");
    }

    /** A whole number within bounds, both included. */
    int within(String name, int least, int most, int otherwise) {
        long value = number(name, otherwise);
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + least + " to " + most);
        }
        return (int) value;
    }
}
