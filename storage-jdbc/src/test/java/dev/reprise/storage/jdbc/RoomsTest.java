package dev.reprise.storage.jdbc;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The store's rooms stand in one order: what asks the database at the top, what changes tasks below what reads them. */
class RoomsTest {

    private static final String ROOT = RoomsTest.class.getPackageName();

    /** Which other rooms a room knows; the store's own package (the empty name) knows all, and none knows it. */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "sql", Set.of(),
            "h2", Set.of("sql"),
            "postgres", Set.of("sql"),
            "mariadb", Set.of("sql"),
            "sqlite", Set.of("sql"),
            "liveness", Set.of("sql"),
            "schema", Set.of("sql"),
            "reading", Set.of("sql"),
            "tasks", Set.of("sql", "liveness", "schema", "reading"),
            "", Set.of("sql", "h2", "postgres", "mariadb", "sqlite", "liveness", "schema", "reading", "tasks"));

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(StatementConstants.root());

    @Test
    void everyRoomHasAPlaceInTheOrder() {
        assertThat(CLASSES.stream().map(RoomsTest::room).collect(Collectors.toSet()))
                .isEqualTo(KNOWN.keySet());
    }

    @Test
    void roomsKnowOnlyRoomsAboveThem() {
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(RoomsTest::leavesItsRoom)
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)").should().beFreeOfCycles().check(CLASSES);
    }

    private static boolean leavesItsRoom(Dependency dependency) {
        var from = room(dependency.getOriginClass());
        var to = dependency.getTargetClass().getBaseComponentType();
        return to.getPackageName().startsWith(ROOT)
                && !from.equals(room(to))
                && !KNOWN.getOrDefault(from, Set.of()).contains(room(to));
    }

    private static String room(JavaClass type) {
        var rest = type.getPackageName().substring(ROOT.length());
        return rest.isEmpty() ? "" : rest.substring(1);
    }
}
