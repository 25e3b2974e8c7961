package dev.reprise.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random texts: printable, of one byte a character, with nothing that JSON would escape, and not compressible by the
 * database, which would hide what is written.
 */
final class Texts {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final SplittableRandom random;
    private final int length;

    Texts(long seed, int length) {
        random = new SplittableRandom(seed);
        this.length = length;
    }

    String next() {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    List<String> next(int count) {
        return IntStream.range(0, count).mapToObj(i -> next()).toList();
    }
}
