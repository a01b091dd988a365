package io.tidepole;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT. A shutdown hook would do for one of them, but it can neither end with 0 nor see the second. The
 * JDK has no supported class for signals; the one that it has is reached by its name, and without it the hook remains.
 */
final class Signals {
    private Signals() {}

    /** Calls this with the signal's number each time that one comes; false if that is not possible here. */
    static boolean on(Consumer<Integer> action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object calls = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.accept(
                                    (Integer) signal.getMethod("getNumber").invoke(arguments[0]));
                        }
                        return null;
                    });
            for (String name : new String[] {"TERM", "INT"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), calls);
            }
            return true;
        } catch (ReflectiveOperationException absent) {
            LoggerFactory.getLogger(Signals.class).debug("no signals here", absent);
            return false;
        }
    }
}
