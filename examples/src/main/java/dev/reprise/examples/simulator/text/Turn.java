package dev.reprise.examples.simulator.text;

import java.util.Objects;

/** One message of a conversation: who spoke, and the text. */
public record Turn(Role role, String text) {

    /** Who speaks; what one protocol calls developer and another system is {@link #SYSTEM} here. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public Turn {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(text, "text");
    }
}
