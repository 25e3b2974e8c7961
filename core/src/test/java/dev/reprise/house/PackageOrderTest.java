package dev.reprise.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Core's packages stand in one order, and a package knows only those above it. */
class PackageOrderTest {
    private static final String ROOT = "dev.reprise";

    /** From the top, which knows nothing, down to the root package (the empty name), which nothing knows. */
    private static final List<String> ORDER = List.of(
            "time",
            "display",
            "json",
            "failure",
            "identity",
            "background",
            "section",
            "retry",
            "generation",
            "credit",
            "quota",
            "asset",
            "event",
            "handle",
            "settings",
            "provider",
            "store",
            "codec",
            "waiting",
            "listening",
            "attempt",
            "text",
            "runner",
            "variation",
            "refinement",
            "batch",
            "plan",
            "media",
            "job",
            "usage",
            "webhook",
            "");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void coreIsSeen() {
        assertThat(CLASSES).isNotEmpty();
    }

    @Test
    void everyPackageHasAPlaceInTheOrder() {
        assertThat(CLASSES.stream().map(PackageOrderTest::group).distinct().filter(group -> !ORDER.contains(group)))
                .as("packages of core that PackageOrderTest.ORDER does not list")
                .isEmpty();
    }

    @Test
    void packagesImportOnlyPackagesAboveThem() {
        assertThat(dependencies()
                        .filter(d ->
                                ORDER.indexOf(group(d.getTargetClass())) > ORDER.indexOf(group(d.getOriginClass())))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void providerSpiKnowsNoProvider() {
        assertThat(dependencies()
                        .filter(d -> name(d.getOriginClass()).equals(ROOT + ".provider"))
                        .filter(d -> name(d.getTargetClass()).startsWith(ROOT + ".provider.")
                                && !name(d.getTargetClass()).equals(ROOT + ".provider.wire"))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void wireIsKnownToProvidersOnly() {
        assertThat(dependencies()
                        .filter(d -> name(d.getTargetClass()).equals(ROOT + ".provider.wire"))
                        .filter(d -> !group(d.getOriginClass()).equals("provider"))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static Stream<Dependency> dependencies() {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(d -> insideCore(d.getTargetClass()));
    }

    private static boolean insideCore(JavaClass type) {
        return name(type).equals(ROOT) || name(type).startsWith(ROOT + ".");
    }

    private static String name(JavaClass type) {
        return type.getBaseComponentType().getPackageName();
    }

    /** The first name below the root package: {@code provider} for {@code dev.reprise.provider.wire}. */
    private static String group(JavaClass type) {
        return Optional.of(name(type).substring(ROOT.length()))
                .filter(rest -> !rest.isEmpty())
                .map(rest -> rest.substring(1))
                .map(rest -> rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest)
                .orElse("");
    }
}
