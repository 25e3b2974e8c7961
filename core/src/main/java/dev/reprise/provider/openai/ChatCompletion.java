package dev.reprise.provider.openai;

import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.wire.AnswerMemory;
import dev.reprise.provider.wire.AnswerReader;
import dev.reprise.provider.wire.ContentReader;
import dev.reprise.provider.wire.JsonEvents;
import dev.reprise.provider.wire.SseEvent;
import dev.reprise.provider.wire.Stop;
import dev.reprise.provider.wire.StopWords;
import dev.reprise.provider.wire.TokenCounts;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion, put together from its chunks or from the one piece it came in. Only one choice counts: the first.
 *
 * <p>A stream is whole at {@code [DONE]}; many servers leave that out, so a finish reason and a proper end of the stream
 * are as good.
 */
final class ChatCompletion extends JsonEvents implements AnswerReader {

    private static final String DONE = "[DONE]";
    private static final List<String> STOPS = List.of("finish_reason", "stop_reason", "done_reason");
    private static final List<String> BARE_ANSWERS =
            List.of("delta", "content", "text", "response", "output_text", "token");

    private final ContentReader content;
    private final TokenCounts counts = new TokenCounts();
    private Stop stop = Stop.UNSAID;
    private @Nullable String nativeReason;
    private @Nullable Long index;
    private @Nullable String requestId;
    private boolean begun;

    ChatCompletion(Consumer<String> deltas, AnswerMemory memory) {
        content = new ContentReader(deltas, memory);
    }

    @Override
    public void whole(JsonObject body) {
        take(body);
    }

    @Override
    protected boolean isEnd(SseEvent event) {
        return event.data().strip().equals(DONE);
    }

    @Override
    protected boolean isNeeded(SseEvent event) {
        return true;
    }

    @Override
    protected void take(JsonObject chunk) {
        requestId = requestId != null ? requestId : chunk.string("request_id");
        counts.add(chunk.object("usage"));
        counts.add(chunk.objectOrEmpty("x_groq").object("usage"));
        var choices = chunk.objects("choices");
        choices.forEach(choice -> counts.add(choice.object("usage")));
        if (chunk.get("choices") == null && isBareAnswer(chunk)) {
            choice(chunk);
        }
        choices.stream().filter(this::counts).forEach(this::choice);
    }

    /** Whether a chunk is what should stand in its choice; a message that is a text is one for a person. */
    private static boolean isBareAnswer(JsonObject chunk) {
        return chunk.object("message") != null || BARE_ANSWERS.stream().anyMatch(name -> chunk.get(name) != null);
    }

    /** Whether a choice is the one that counts: the first to come, whatever number it has. */
    private boolean counts(JsonObject choice) {
        long number = choice.numberOrZero("index");
        index = index == null ? (Long) number : index;
        return index == number;
    }

    private void choice(JsonObject choice) {
        for (String name : List.of("delta", "message")) {
            var message = choice.object(name);
            begun |= choice.get(name) != null;
            if (message != null) {
                message(message, name.equals("message"));
            } else {
                content.read(choice.get(name)); // a text where an object is usual
            }
        }
        for (String name : List.of("text", "content", "response", "output_text", "token")) {
            begun |= choice.get(name) != null;
            content.read(choice.get(name));
        }
        var said = STOPS.stream()
                .filter(choice.members()::containsKey)
                .findFirst()
                .map(choice::get)
                .map(StopWords::word)
                .orElse(null);
        begun |= said != null;
        stop = stop.then(said);
        var behind = StopWords.word(choice.get("native_finish_reason"));
        nativeReason = behind == null ? nativeReason : behind;
    }

    private void message(JsonObject message, boolean whole) {
        if (whole) {
            content.readWhole(message.get("content"));
        } else {
            content.read(message.get("content"));
        }
        content.declined(message.string("refusal"));
        content.thought(message.get("reasoning_content"));
        content.thought(message.get("reasoning"));
    }

    @Override
    public String noun() {
        return "a completion with a choice";
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public boolean endsWithItsStream() {
        return stop.word() != null;
    }

    @Override
    public ContentReader content() {
        return content;
    }

    /** The finish reason; where that is none, or unknown, what stood behind the gateway's. */
    @Override
    public Stop stop() {
        var behind = Stop.UNSAID.then(nativeReason);
        return stop.reason() == StopReason.OTHER && behind.reason() != StopReason.OTHER
                ? new Stop(stop.word() != null ? stop.word() : behind.word(), behind.reason())
                : stop;
    }

    @Override
    public Usage usage() {
        return ChatUsage.of(counts);
    }

    @Override
    public @Nullable Refusal refusal() {
        boolean filtered = stop().reason() == StopReason.REFUSAL;
        var said = content.refusal();
        if (!filtered && said.isBlank()) {
            return null;
        }
        var word = stop().word();
        var code = filtered && word != null ? word : "refusal";
        var message = "the model declined (" + code + (nativeReason == null ? "" : ", " + nativeReason) + ")"
                + (said.isBlank() ? "" : ": " + said);
        return new Refusal(code, message);
    }

    @Override
    public List<? extends @Nullable Object> blocks() {
        return List.of();
    }

    @Override
    public @Nullable String requestId() {
        return requestId;
    }
}
