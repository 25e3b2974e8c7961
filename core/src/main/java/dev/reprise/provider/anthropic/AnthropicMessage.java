package dev.reprise.provider.anthropic;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The model's message, put together from its stream ("Streaming Messages" at docs.claude.com) or from the one piece it
 * came in. Unknown events, deltas and blocks are passed over, as the protocol asks; a stream is whole at
 * {@code message_stop} and nowhere else.
 */
final class AnthropicMessage extends JsonEvents implements AnswerReader {

    private static final String CONTENT = "content";
    private static final String TYPE = "type";

    /** The events that carry what must not be missing. */
    private static final Set<String> NEEDED = Set.of(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");

    private final AnswerMemory memory;
    private final ContentReader content;
    private final TokenCounts counts = new TokenCounts();
    private final TreeMap<Long, ContentBlock> blocks = new TreeMap<>();
    private Stop stop = Stop.UNSAID;
    private JsonObject stopDetails = JsonObject.EMPTY;
    private @Nullable String requestId;
    private boolean begun;

    AnthropicMessage(Consumer<String> deltas, AnswerMemory memory) {
        this.memory = memory;
        content = new ContentReader(deltas, memory);
    }

    @Override
    public void whole(JsonObject body) {
        requestId = body.string("request_id");
        begun = body.get(CONTENT) != null;
        start(body);
    }

    @Override
    protected boolean isEnd(JsonObject data) {
        return "message_stop".equals(data.string(TYPE));
    }

    @Override
    protected boolean isNeeded(SseEvent event) {
        return event.name() == null || NEEDED.contains(event.name());
    }

    @Override
    protected boolean isForeign(JsonObject data) {
        return data.string(TYPE) != null;
    }

    @Override
    protected void take(JsonObject data) {
        requestId = requestId != null ? requestId : data.string("request_id");
        switch (String.valueOf(data.string(TYPE))) {
            case "message_start" -> start(data.objectOrEmpty("message"));
            case "content_block_start" -> begin(data.numberOrZero("index"), data.objectOrEmpty("content_block"));
            case "content_block_delta" ->
                blocks.computeIfAbsent(
                                data.numberOrZero("index"),
                                index -> new ContentBlock(JsonObject.EMPTY, content, memory))
                        .add(data.objectOrEmpty("delta"));
            case "message_delta" -> {
                stop(data.objectOrEmpty("delta"));
                counts.add(data.object("usage"));
            }
            default -> {} // unknown events are passed over
        }
    }

    private void begin(long index, JsonObject block) {
        begun = true;
        blocks.put(index, new ContentBlock(block, content, memory));
    }

    private void start(JsonObject message) {
        counts.add(message.object("usage"));
        stop(message);
        if (message.get(CONTENT) instanceof List<?> list) {
            long index = 0;
            for (Object block : list) {
                var object = block instanceof String text ? text(text) : JsonObject.ofNullable(block);
                if (object != null) {
                    begin(index++, object);
                } else {
                    content.read(block);
                }
            }
        } else if (message.string(CONTENT) != null) {
            begin(0, text(message.string(CONTENT)));
        }
    }

    private static JsonObject text(@Nullable String text) {
        return new JsonObject(Map.of(TYPE, "text", "text", String.valueOf(text)));
    }

    private void stop(JsonObject from) {
        stop = stop.then(StopWords.word(from.get("stop_reason")));
        var details = from.object("stop_details");
        if (details != null) {
            memory.keepTree(details.members());
            stopDetails = details;
        }
    }

    @Override
    public String noun() {
        return "a message";
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public boolean endsWithItsStream() {
        return false;
    }

    @Override
    public ContentReader content() {
        return content;
    }

    @Override
    public Stop stop() {
        return stop;
    }

    @Override
    public Usage usage() {
        return new Usage(
                counts.first("input_tokens"),
                counts.first("output_tokens"),
                counts.first("cache_read_input_tokens"),
                Math.max(
                        counts.first("cache_creation_input_tokens"),
                        counts.first("cache_creation.ephemeral_5m_input_tokens")
                                + counts.first("cache_creation.ephemeral_1h_input_tokens")),
                counts.first("output_tokens_details.thinking_tokens", "output_tokens_details.reasoning_tokens"));
    }

    @Override
    public @Nullable Refusal refusal() {
        if (stop.reason() != StopReason.REFUSAL) {
            return null;
        }
        var category = stopDetails.string("category");
        var explanation = stopDetails.string("explanation");
        return new Refusal(
                category == null ? "refusal" : category,
                "the model declined (" + (category == null ? "no category" : category) + ")"
                        + (explanation == null ? "" : ": " + explanation));
    }

    @Override
    public List<? extends @Nullable Object> blocks() {
        return blocks.values().stream().map(ContentBlock::content).toList();
    }

    @Override
    public @Nullable String requestId() {
        return requestId;
    }
}
