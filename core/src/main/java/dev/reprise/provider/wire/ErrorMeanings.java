package dev.reprise.provider.wire;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What errors mean whose HTTP status does not say it, or says it wrongly: the table {@code error-meanings.txt}. Its first
 * line that fits decides. Names of providers are for the reader: behind a gateway may be any of them.
 */
final class ErrorMeanings {

    /** The table's file, beside this class. */
    static final String FILE = "error-meanings.txt";

    private static final int MAX_WORDS = 4_000;
    private static final List<Rule> RULES =
            FactTable.read(FILE).stream().map(ErrorMeanings::rule).toList();

    private ErrorMeanings() {}

    /**
     * What an error means.
     *
     * @param kind what went wrong
     * @param blame who has to change something
     * @param retryable whether another attempt may help; null for what is usual of the kind
     */
    record Meaning(FailureKind kind, Blame blame, @Nullable Boolean retryable) {
        /** What is usual of a kind. */
        static Meaning usual(FailureKind kind) {
            return new Meaning(kind, kind.blame(), null);
        }
    }

    /** What is known of an error: its status or 0, all of its codes, its words, and the objects it stands in. */
    private record Seen(int status, Set<String> codes, String words, List<JsonObject> objects) {}

    private record Rule(List<Predicate<Seen>> terms, Meaning meaning) {}

    /**
     * What the table says, or nothing.
     *
     * @param status the HTTP status, or the one that the error names where HTTP says success; 0 for none
     */
    static Optional<Meaning> of(int status, StatedError error) {
        var words = String.join("\n", error.messages()).toLowerCase(Locale.ROOT);
        var seen = new Seen(
                status,
                error.codes().stream()
                        .map(code -> code.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                words.substring(0, Math.min(words.length(), MAX_WORDS)),
                error.objects());
        return RULES.stream()
                .filter(rule -> rule.terms().stream().allMatch(term -> term.test(seen)))
                .findFirst()
                .map(Rule::meaning);
    }

    private static Rule rule(FactTable.Fact fact) {
        var terms = new ArrayList<Predicate<Seen>>();
        for (String term : fact.sign().split(" & ", -1)) {
            terms.add(term(term.strip()));
        }
        var parts = fact.meaning().split("/", -1);
        var kind = FailureKind.valueOf(parts[0].toUpperCase(Locale.ROOT));
        return new Rule(
                List.copyOf(terms),
                new Meaning(
                        kind,
                        Blame.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                        parts.length < 3 ? null : (Boolean) parts[2].equals("retry")));
    }

    private static Predicate<Seen> term(String term) {
        int space = term.indexOf(' ');
        var value = term.substring(space + 1).strip();
        var lower = value.toLowerCase(Locale.ROOT);
        return switch (term.substring(0, Math.max(space, 0))) {
            case "status" -> {
                int status = value.equals("none") ? 0 : Integer.parseInt(value);
                yield seen -> seen.status() == status;
            }
            case "code" -> seen -> seen.codes().contains(lower);
            case "says" -> seen -> containsInOrder(seen.words(), lower.split("\\*", -1));
            case "has" -> seen -> seen.objects().stream().anyMatch(object -> has(object, value.split("\\.", -1)));
            default -> throw new IllegalStateException(FILE + " has an unknown sign: " + term);
        };
    }

    private static boolean containsInOrder(String words, String... parts) {
        int from = 0;
        for (String part : parts) {
            int at = words.indexOf(part.strip(), from);
            if (at < 0) {
                return false;
            }
            from = at + part.strip().length();
        }
        return true;
    }

    private static boolean has(JsonObject object, String... path) {
        var holder = object;
        for (String name : Arrays.copyOf(path, path.length - 1)) {
            holder = holder.objectOrEmpty(name);
        }
        return StatedError.says(holder.get(path[path.length - 1]));
    }
}
