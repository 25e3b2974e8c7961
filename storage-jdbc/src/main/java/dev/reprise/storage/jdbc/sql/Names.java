package dev.reprise.storage.jdbc.sql;

import dev.reprise.failure.InvalidRequestException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the tables are called.
 *
 * @param schema the schema (a database, in MariaDB's words) they are in, or null for the connection's
 * @param prefix what every name begins with; possibly empty
 */
public record Names(@Nullable String schema, String prefix) {

    private static final Pattern SAFE_PREFIX = Pattern.compile("[a-z0-9_]{0,30}");
    private static final Pattern SAFE_SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    public Names {
        if (!SAFE_PREFIX.matcher(prefix).matches()) {
            throw new InvalidRequestException(
                    "tablePrefix", prefix, "must have at most 30 lower-case letters, digits and underscores");
        }
        if (schema != null && !SAFE_SCHEMA.matcher(schema).matches()) {
            throw new InvalidRequestException("schema", schema, "must have letters, digits and underscores");
        }
    }

    /** A table's name as statements say it. */
    public String table(String name) {
        return schema == null ? prefix + name : schema + "." + prefix + name;
    }
}
