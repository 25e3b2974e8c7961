package dev.reprise.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The project's own files, all modules together. */
final class Sources {
    private static final Set<String> NOT_OURS =
            Set.of(".git", ".idea", ".settings", ".vscode", "bin", "node_modules", "out", "target");

    private Sources() {}

    /** The directory that holds {@code .mvn}, found upwards from the working directory. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve(".mvn"))) {
            here = Optional.ofNullable(here.getParent())
                    .orElseThrow(() -> new IllegalStateException(
                            "no .mvn above " + Path.of("").toAbsolutePath()));
        }
        return here;
    }

    /** Every file of the project, relative to {@link #root()}, sorted; build output and tool settings left out. */
    static List<Path> all() {
        List<Path> found = new ArrayList<>();
        Path root = root();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && !NOT_OURS.contains(file.getFileName().toString())) {
                        found.add(root.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    /** The Java files below some module's {@code src/main/java}. */
    static List<Path> main() {
        return all().stream()
                .filter(file -> slashed(file).matches("[^/]+/src/main/java/.*\\.java"))
                .toList();
    }

    /** The file's text. */
    static String read(Path file) {
        try {
            return Files.readString(root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** Whether the file's bytes are well-formed UTF-8. */
    static boolean isUtf8(Path file) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(root().resolve(file))));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The path with {@code /} between its names, on every platform. */
    static String slashed(Path file) {
        return file.toString().replace('\\', '/');
    }
}
