package dev.reprise.storage.jdbc.sql;

import dev.reprise.generation.TaskState;
import dev.reprise.store.rules.TaskSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement with named places. {@code {task}} is a table, {@code :name} a value, {@code :now} the store's time,
 * {@code {in:ids}} a test against a collection, {@code {for update}} and {@code {for share}} the dialect's words for locks,
 * {@code {skip locked}} those that leave out what somebody else has locked, {@code {reserve}} its words for a lock on what
 * nobody else has locked, {@code {part}} the beginning of a part of a union that has an order of its own, {@code {now}} the store's time as an index can be searched for it,
 * {@code {is t.CLAIMABLE}} the rules' condition for a set
 * of tasks, {@code {state READY}} a state's word, {@code {lead state, }} the beginning of an order, by a column that is
 * the same in all rows, for a dialect that wants it.
 */
public final class Sql {

    private static final String LEAD = "lead ";
    private static final String IS = "is ";
    private static final String STATE = "state ";

    private final List<Part> parts = new ArrayList<>();

    private Sql() {}

    private enum Kind {
        TEXT,
        VALUE,
        COLLECTION
    }

    private record Part(Kind kind, String text) {}

    /** What JDBC gets: the text with question marks and the values in their order. */
    public record Rendered(String text, List<@Nullable Object> values) {}

    public static Sql parse(String template, Names names, Dialect dialect, StoreClock clock) {
        var sql = new Sql();
        var text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c == '{') {
                int end = template.indexOf('}', at);
                var name = template.substring(at + 1, end);
                if (name.startsWith("in:")) {
                    sql.add(text, new Part(Kind.COLLECTION, name.substring(3)));
                } else if (name.equals("now")) {
                    text.append(dialect.clockIsVolatile() ? "(SELECT " : "(");
                    sql.now(text, dialect, clock);
                    text.append(')');
                } else {
                    text.append(word(name, names, dialect));
                }
                at = end + 1;
            } else if (c == ':' && Character.isLetter(template.charAt(at + 1))) {
                int end = at + 1;
                while (end < template.length() && Character.isLetterOrDigit(template.charAt(end))) {
                    end++;
                }
                var name = template.substring(at + 1, end);
                if (!name.equals("now")) {
                    sql.add(text, new Part(Kind.VALUE, name));
                } else {
                    sql.now(text, dialect, clock);
                }
                at = end;
            } else {
                text.append(c);
                at++;
            }
        }
        sql.parts.add(new Part(Kind.TEXT, text.toString()));
        return sql;
    }

    private void now(StringBuilder text, Dialect dialect, StoreClock clock) {
        if (clock.expression() != null) {
            text.append(clock.expression());
        } else {
            add(text.append("CAST("), new Part(Kind.VALUE, "now"));
            text.append(" AS ").append(dialect.bigint()).append(')');
        }
    }

    private void add(StringBuilder before, Part part) {
        parts.add(new Part(Kind.TEXT, before.toString()));
        before.setLength(0);
        parts.add(part);
    }

    /**
     * Puts question marks and values in their places.
     *
     * @param arrays whether a collection is bound as one array; otherwise as a list whose length is a power of two, so
     *     that there are few different texts
     */
    public Rendered render(Map<String, @Nullable Object> given, boolean arrays) {
        var text = new StringBuilder();
        List<@Nullable Object> values = new ArrayList<>();
        for (Part part : parts) {
            switch (part.kind) {
                case TEXT -> text.append(part.text);
                case VALUE -> {
                    text.append('?');
                    values.add(value(given, part.text));
                }
                case COLLECTION -> {
                    var all = (Collection<?>) value(given, part.text);
                    if (arrays) {
                        text.append("= ANY (?)");
                        values.add(all);
                    } else {
                        expand(List.copyOf(all), text, values);
                    }
                }
            }
        }
        return new Rendered(text.toString(), values);
    }

    private static void expand(List<?> all, StringBuilder text, List<@Nullable Object> values) {
        int size = Integer.highestOneBit(Math.max(1, all.size() * 2 - 1));
        text.append("IN (?").append(", ?".repeat(size - 1)).append(')');
        for (int i = 0; i < size; i++) {
            values.add(all.get(Math.min(i, all.size() - 1)));
        }
    }

    private static @Nullable Object value(Map<String, @Nullable Object> given, String name) {
        if (!given.containsKey(name)) {
            throw new IllegalStateException("no value for :" + name);
        }
        return given.get(name);
    }

    private static String word(String name, Names names, Dialect dialect) {
        if (name.startsWith(LEAD)) {
            return dialect.ordersByLead() ? name.substring(LEAD.length()) : "";
        }
        if (name.startsWith(IS)) {
            var set = name.substring(IS.length());
            int dot = set.indexOf('.') + 1;
            return TaskSet.valueOf(set.substring(dot)).sql(set.substring(0, dot));
        }
        if (name.startsWith(STATE)) {
            return "'" + TaskState.valueOf(name.substring(STATE.length())).name() + "'";
        }
        return switch (name) {
            case "for update" -> dialect.forUpdate();
            case "for share" -> dialect.forShare();
            case "skip locked" -> dialect.skipLocked();
            case "reserve" -> dialect.reserve();
            case "part" -> dialect.part();
            default -> names.table(name);
        };
    }
}
