package dev.reprise.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every file of the project, in any module, has to keep to. */
class SourceRulesTest {
    private static final int LONGEST_FILE = 250;
    private static final int LARGEST_ROOM = 16;
    private static final Pattern ROOM_OF_THE_ENGINE =
            Pattern.compile(".*/dev/reprise/(attempt|background|codec|listening|runner|text|waiting)");
    private static final Set<String> NO_NAME_FOR_A_PACKAGE = Set.of("common", "helper", "impl", "manager", "util");
    private static final Pattern IMPORTS_THE_FACADE =
            Pattern.compile("^import (static )?dev\\.reprise\\.[A-Z]", Pattern.MULTILINE);
    private static final Pattern NULL_MARKED = Pattern.compile("^@NullMarked", Pattern.MULTILINE);
    private static final Pattern BINARY = Pattern.compile(".*\\.(gif|gz|ico|jar|jpe?g|png|webp|zip)");
    private static final Pattern REGISTRY_HOST = Pattern.compile(String.join(
            "|",
            "\\brepo1?[.]maven[.]",
            "maven[.]google[.]",
            "maven-central[.]storage",
            "(oss|central|s01)[.]sonatype[.]",
            "plugins[.]gradle[.]org",
            "jitpack[.]io",
            "registry[.]npmjs",
            "registry[.]yarnpkg",
            "pypi[.]org",
            "pythonhosted[.]org",
            "proxy[.]golang[.]org",
            "jfrog[.]io"));

    @Test
    void mainFilesAreShort() {
        assertThat(Sources.main().stream()
                        .filter(file -> CodeLines.count(Sources.read(file)) > LONGEST_FILE)
                        .map(file -> Sources.slashed(file) + ": " + CodeLines.count(Sources.read(file))))
                .as("main files of more than %d lines of code", LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void roomsOfTheEngineStaySmall() {
        var rooms = Sources.main().stream()
                .filter(file -> ROOM_OF_THE_ENGINE
                        .matcher(Sources.slashed(file.getParent()))
                        .matches())
                .collect(Collectors.groupingBy(file -> Sources.slashed(file.getParent()), Collectors.counting()));

        assertThat(rooms)
                .as("the engine's packages")
                .hasSize(7)
                .allSatisfy((room, files) ->
                        assertThat(files).as("files of %s", room).isLessThanOrEqualTo(LARGEST_ROOM));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages().filter(directory -> !isNullMarked(directory)))
                .as("packages without @NullMarked in package-info.java or module-info.java")
                .isEmpty();
    }

    @Test
    void packagesSayWhatTheyHold() {
        assertThat(packages()
                        .filter(directory -> Stream.of(
                                        Sources.slashed(directory).split("/"))
                                .skip(4)
                                .anyMatch(NO_NAME_FOR_A_PACKAGE::contains)))
                .as("packages named %s", NO_NAME_FOR_A_PACKAGE)
                .isEmpty();
    }

    @Test
    void facadeIsImportedByApplicationsOnly() {
        assertThat(Sources.main().stream()
                        .filter(file -> !Set.of("benchmarks", "consumer", "examples")
                                .contains(file.getName(0).toString()))
                        .filter(file ->
                                IMPORTS_THE_FACADE.matcher(Sources.read(file)).find()))
                .as("library files that import the root package")
                .isEmpty();
    }

    @Test
    void filesAreUtf8WithUnixLines() {
        assertThat(texts().stream()
                        .filter(file ->
                                !Sources.isUtf8(file) || Sources.read(file).contains("\r")))
                .as("files that are not UTF-8, or have a carriage return")
                .isEmpty();
    }

    @Test
    void noFileNamesARegistry() {
        assertThat(texts().stream()
                        .filter(Sources::isUtf8)
                        .filter(file ->
                                REGISTRY_HOST.matcher(Sources.read(file)).find()))
                .as("files that name a registry's host: where artifacts come from is each machine's own setting")
                .isEmpty();
    }

    private static List<Path> texts() {
        return Sources.all().stream()
                .filter(file -> !BINARY.matcher(Sources.slashed(file)).matches())
                .toList();
    }

    private static Stream<Path> packages() {
        return Sources.main().stream()
                .filter(file -> !file.endsWith("module-info.java"))
                .map(Path::getParent)
                .distinct();
    }

    private static boolean isNullMarked(Path directory) {
        Path module = directory.subpath(0, 4).resolve("module-info.java");
        return Stream.of(directory.resolve("package-info.java"), module)
                .filter(file -> Files.exists(Sources.root().resolve(file)))
                .anyMatch(file -> NULL_MARKED.matcher(Sources.read(file)).find());
    }
}
