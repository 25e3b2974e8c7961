package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param text what is said; not blank
 */
public record Message(Role role, String text) {

    /** @throws InvalidRequestException when the text is blank or holds half a surrogate pair */
    public Message {
        if (text.isBlank()) {
            throw new InvalidRequestException("messages.text", text, "must not be blank");
        }
        StorableText.checkText("messages.text", text);
    }

    /** A turn of the app or its user. */
    public static Message user(String text) {
        return new Message(Role.USER, text);
    }

    /** A turn of the model. */
    public static Message assistant(String text) {
        return new Message(Role.ASSISTANT, text);
    }
}
