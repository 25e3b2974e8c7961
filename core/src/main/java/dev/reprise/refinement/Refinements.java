package dev.reprise.refinement;

import dev.reprise.codec.StoredRequest;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Message;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.Owner;
import dev.reprise.runner.TaskFactory;
import dev.reprise.store.Placement;
import dev.reprise.store.Submission;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes children of generations: refinements and continuations.
 *
 * @param tasks makes the tasks
 */
public record Refinements(TaskFactory tasks) {

    private static final int MAX_INSTRUCTION = 100_000;
    private static final int MAX_TYPE = 100;

    /**
     * A refinement of a generation.
     *
     * @throws InvalidRequestException when the parent has no output, or the instruction is blank or too long
     */
    public Submission refine(Generation parent, String instruction) {
        var request = childRequest(parent, "instruction", instruction);
        return child(parent, GenerationKind.REFINEMENT, new StoredRequest(request, instruction, null, null));
    }

    /**
     * A continuation of a generation.
     *
     * @throws InvalidRequestException when the parent has no output, or a text is blank or too long
     */
    public Submission continueFrom(Generation parent, String type, String prompt) {
        checkText("type", type, MAX_TYPE);
        var request = childRequest(parent, "prompt", prompt);
        return child(parent, GenerationKind.CONTINUATION, new StoredRequest(request, prompt, type, null));
    }

    /**
     * What a refinement asks the provider for: the parent's request with the parent's text and the instruction as the
     * next turns.
     *
     * @param field the name of the instruction in the API
     * @throws InvalidRequestException when the parent has no output, or the instruction is blank or too long
     */
    public GenerationRequest childRequest(Generation parent, String field, String instruction) {
        checkText(field, instruction, MAX_INSTRUCTION);
        var result = parent.result();
        if (parent.state() != TaskState.SUCCEEDED || result == null) {
            throw new InvalidRequestException(
                    "parent", parent.id() + " is " + parent.state(), "must have succeeded, so that it has an output");
        }
        var messages = new ArrayList<>(parent.request().messages());
        messages.add(Message.assistant(result.rawText()));
        messages.add(Message.user(instruction));
        return parent.request().toBuilder()
                .messages(messages)
                .idempotencyKey(null)
                .build();
    }

    private Submission child(Generation parent, GenerationKind kind, StoredRequest asked) {
        var placement = new Placement(null, null, null, parent.id());
        return new Submission(new Owner(parent.owner()), null, List.of(tasks.task(kind, asked, placement)));
    }

    private static void checkText(String field, String text, int max) {
        if (text.isBlank()) {
            throw new InvalidRequestException(field, text, "must not be blank");
        }
        if (text.length() > max) {
            throw new InvalidRequestException(field, text, "must have at most " + max + " characters");
        }
        StorableText.checkText(field, text);
    }
}
