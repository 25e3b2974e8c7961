package dev.reprise.storage.jdbc.sql;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The seam of the store's time. By default a server's own clock is read inside each statement, and on a file database the
 * process's clock is bound, because there is no other. Tests bind a clock of their own.
 *
 * @param expression SQL for the present epoch millisecond, or null to bind {@code source}
 * @param source what to bind when there is no expression
 */
public record StoreClock(@Nullable String expression, InstantSource source) {

    /** A clock whose value is bound to every statement. */
    public static StoreClock bound(InstantSource source) {
        return new StoreClock(null, source);
    }

    /** The server's clock. */
    public static StoreClock server(String expression) {
        return new StoreClock(expression, InstantSource.system());
    }
}
