package dev.reprise.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that the store keeps and never looks into. Immutable by agreement: nobody changes the array it holds. */
public final class Payload {

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A payload of these bytes, which are not copied and must not be changed any more. */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes);
    }

    /** A payload of these bytes, or null for none. */
    public static @Nullable Payload ofNullable(byte @Nullable [] bytes) {
        return bytes == null ? null : new Payload(bytes);
    }

    /** The bytes, not copied; they must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Its size; never its content. */
    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes]";
    }
}
