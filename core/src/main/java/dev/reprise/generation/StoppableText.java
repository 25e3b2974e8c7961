package dev.reprise.generation;

import java.util.concurrent.CancellationException;

/**
 * A text on which a regular expression ends when its thread is interrupted: one that tries the same characters over and
 * over notices nothing else. Used by one thread.
 */
final class StoppableText implements CharSequence {

    private static final int LOOK_EVERY = 1 << 12;

    private final CharSequence text;
    private int reads;

    StoppableText(CharSequence text) {
        this.text = text;
    }

    /** @throws CancellationException when the thread has been interrupted, which it stays */
    @Override
    public char charAt(int index) {
        if (++reads % LOOK_EVERY == 0 && Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while a pattern was looked for");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
