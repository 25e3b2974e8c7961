package dev.reprise.storage.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The statements that the store's classes hold in constants. */
public final class StatementConstants {

    private static final Pattern WHOLE =
            Pattern.compile("(SELECT|UPDATE|DELETE|WITH .*\\)\\s+SELECT) .*", Pattern.DOTALL);

    private StatementConstants() {}

    /**
     * A constant.
     *
     * @param where its class and name
     * @param room the name of its package, below the store's; empty for the store's own
     * @param text what it holds
     */
    public record Constant(String where, String room, String text) {

        /** Whether it can be sent as it is: nothing has to be filled in, and it is no part of another. */
        public boolean isStatement() {
            return WHOLE.matcher(text).matches() && !text.contains("%");
        }

        @Override
        public String toString() {
            return where;
        }
    }

    /** All statements of a room that read or change the tables. */
    public static List<Constant> statementsOf(String room) {
        return all().stream()
                .filter(constant -> constant.room.equals(room) && constant.isStatement())
                .toList();
    }

    /** All constant texts of all classes of the store. */
    public static List<Constant> all() {
        return classes().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredFields())
                        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                        .map(field -> constant(type, field)))
                .toList();
    }

    private static Constant constant(Class<?> type, Field field) {
        try {
            field.setAccessible(true);
            var room = type.getPackageName()
                    .substring(StatementConstants.class.getPackageName().length());
            return new Constant(
                    type.getSimpleName() + "." + field.getName(),
                    room.isEmpty() ? "" : room.substring(1),
                    String.valueOf(field.get(null)));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Class<?>> classes() {
        List<Class<?>> classes = new ArrayList<>();
        for (Path file : files(".class")) {
            var name = root().relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), ".");
            try {
                if (!name.endsWith("-info.class")) {
                    classes.add(Class.forName(name.substring(0, name.length() - ".class".length())));
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return classes;
    }

    /** The store's compiled files whose names end so. */
    public static List<Path> files(String end) {
        try (var files = Files.walk(root().resolve("dev"))) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the store's compiled classes are. */
    static Path root() {
        try {
            return Path.of(JdbcTaskStore.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
