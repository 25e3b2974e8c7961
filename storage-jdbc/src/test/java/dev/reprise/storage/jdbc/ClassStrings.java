package dev.reprise.storage.jdbc;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts that a compiled class has in its code, those included that concatenations are made of. */
final class ClassStrings {

    private static final int UTF8 = 1;
    private static final int STRING = 8;

    private ClassStrings() {}

    /** All of them; where a concatenation puts in a value, there is a character U+0001. */
    static List<String> of(Path file) {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            Map<Integer, String> texts = new HashMap<>();
            List<Integer> strings = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case UTF8 -> texts.put(i, in.readUTF());
                    case STRING -> strings.add(in.readUnsignedShort());
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // they count for two
                    }
                    default -> throw new IllegalStateException("constant of kind " + tag + " in " + file);
                }
            }
            return strings.stream().map(texts::get).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
