package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.storage.jdbc.StatementConstants.Constant;
import dev.reprise.storage.jdbc.h2.H2Dialect;
import dev.reprise.storage.jdbc.mariadb.MariaDbDialect;
import dev.reprise.storage.jdbc.postgres.PostgresDialect;
import dev.reprise.storage.jdbc.schema.Migrations;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Names;
import dev.reprise.storage.jdbc.sql.Sql;
import dev.reprise.store.Reason;
import dev.reprise.store.rules.TaskSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** States and reasons of tasks stand in SQL only as the rules say them, so that a change of the rules changes all of it. */
class WordsOfTheRulesTest {

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern PREDICATE = Pattern.compile("CREATE INDEX .*?\\bWHERE (.*)", Pattern.DOTALL);
    private static final Pattern STATES_COMMENT =
            Pattern.compile("task\\.state IS '([A-Z_ ]+)'|\\bstate VARCHAR\\(\\d+\\) NOT NULL COMMENT '([A-Z_ ]+)'"
                    + "|\\bstate TEXT NOT NULL,  -- ([A-Z_ ]+)\\n");

    /** These quote what is made along the way: the rules' words, and the names of a schema and its lock. */
    private static final Set<String> QUOTE_WHAT_THEY_ARE_GIVEN =
            Set.of("Sql.class", "Dialect.class", "SqliteDialect.class", "MigrationTurn$2.class");

    private static final Set<String> STATES =
            Arrays.stream(TaskState.values()).map(TaskState::name).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> REASONS =
            Arrays.stream(Reason.values()).map(Reason::code).collect(Collectors.toUnmodifiableSet());
    private static final List<Dialect> DIALECTS = List.of(
            H2Dialect.inMemory(), new PostgresDialect(), new MariaDbDialect(1 << 24), SqliteDatabases.dialect());

    private static Stream<String> quotedIn(String text) {
        return QUOTED.matcher(text).results().map(match -> match.group(1));
    }

    private static boolean isMadeAlongTheWay(String word) {
        return word.contains("\u0001") || word.contains("%s");
    }

    @Test
    void noCodeQuotesAStateOrAReason() {
        Set<String> found = new HashSet<>();
        for (Path file : StatementConstants.files(".class")) {
            var name = file.getFileName().toString();
            for (String text : ClassStrings.of(file)) {
                quotedIn(text)
                        .filter(word -> STATES.contains(word)
                                || REASONS.contains(word)
                                || (isMadeAlongTheWay(word) && !QUOTE_WHAT_THEY_ARE_GIVEN.contains(name)))
                        .forEach(word -> found.add(name + ": '" + word + "' in " + text));
                if (STATES.contains(text)) {
                    found.add(name + ": " + text);
                }
            }
        }

        assertThat(found).isEmpty();
    }

    static List<Constant> statements() {
        return StatementConstants.all().stream()
                .filter(constant -> constant.isStatement() && !constant.room().equals("h2"))
                .toList();
    }

    /** A state or a set that the rules do not know fails here. */
    @ParameterizedTest
    @MethodSource("statements")
    void everyDialectReadsEveryStatement(Constant statement) {
        assertThat(quotedIn(statement.text()))
                .doesNotContainAnyElementsOf(STATES)
                .doesNotContainAnyElementsOf(REASONS);
        for (Dialect dialect : DIALECTS) {
            assertThat(Sql.parse(statement.text(), new Names(null, "x_"), dialect, dialect.clock()))
                    .isNotNull();
        }
    }

    private static List<String> schemas() throws IOException {
        var files = StatementConstants.files(".sql");
        assertThat(files).hasSizeGreaterThanOrEqualTo(DIALECTS.size());
        List<String> all = new ArrayList<>();
        for (Path file : files) {
            all.add(Files.readString(file));
        }
        return all;
    }

    @Test
    void partialIndexesAreOfTheSetsThatTheRulesName() throws IOException {
        var sets = Arrays.stream(TaskSet.values()).map(set -> set.sql("")).toList();
        List<String> predicates = schemas().stream()
                .flatMap(schema -> Migrations.statements(schema).stream())
                .flatMap(statement -> PREDICATE.matcher(statement).results())
                .map(match -> WordsOfTheRulesTest.inOneList(match.group(1).strip()))
                .filter(predicate -> quotedIn(predicate).findAny().isPresent())
                .toList();

        assertThat(predicates).isNotEmpty().isSubsetOf(sets);
    }

    /** As the rules say it; SQLite's planner sees through OR alone. */
    private static String inOneList(String predicate) {
        var words = predicate.split("\\s+OR\\s+", -1);
        return words.length == 1
                ? predicate
                : "state IN ("
                        + Arrays.stream(words)
                                .map(word -> word.replaceFirst("^state = ", ""))
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    @Test
    void columnsSayEveryState() throws IOException {
        List<MatchResult> comments = schemas().stream()
                .flatMap(schema -> STATES_COMMENT.matcher(schema).results())
                .toList();

        assertThat(comments).hasSize(DIALECTS.size()).allSatisfy(comment -> {
            var words = Stream.of(1, 2, 3)
                    .map(comment::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            assertThat(words.split(" ")).containsExactlyInAnyOrderElementsOf(STATES);
        });
    }
}
