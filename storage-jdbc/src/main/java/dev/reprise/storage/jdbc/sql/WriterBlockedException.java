package dev.reprise.storage.jdbc.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Nobody can write to a database file at present, because somebody has been doing so for long. */
public final class WriterBlockedException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** Of a database file, with what the database has said, if it was asked. */
    public WriterBlockedException(String message, @Nullable SQLException cause) {
        super(message, "53000", cause);
    }
}
