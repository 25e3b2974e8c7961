package dev.reprise.provider.openai;

import dev.reprise.generation.Usage;
import dev.reprise.provider.wire.TokenCounts;

/**
 * What servers of this face count, in the terms of {@link Usage}. Most count cached tokens with the prompt's and reasoning
 * with the completion's; where the total says that one of them stands outside (Gemini's thoughts, xAI's reasoning, some
 * gateways' cache), it is added.
 */
final class ChatUsage {

    private ChatUsage() {}

    static Usage of(TokenCounts counts) {
        long prompt = counts.first("prompt_tokens", "input_tokens");
        long completion = counts.first("completion_tokens", "output_tokens");
        long read = counts.first(
                "prompt_tokens_details.cached_tokens",
                "input_tokens_details.cached_tokens",
                "prompt_cache_hit_tokens",
                "cache_read_input_tokens",
                "cached_tokens");
        long written = counts.first(
                "prompt_tokens_details.cache_write_tokens",
                "prompt_tokens_details.cache_creation_tokens",
                "cache_creation_input_tokens");
        long reasoning = counts.first(
                "completion_tokens_details.reasoning_tokens",
                "output_tokens_details.reasoning_tokens",
                "reasoning_tokens");
        long outside = Math.max(counts.first("total_tokens") - prompt - completion, 0);
        long cached = read + written;
        boolean cacheOutside = cached > 0 && (cached > prompt || outside == cached || outside == cached + reasoning);
        if (cacheOutside) {
            outside = Math.max(outside - cached, 0);
        }
        if (outside == 0 && reasoning > completion) {
            outside = reasoning; // no total says so, but a part cannot be more than the whole
        }
        return new Usage(
                cacheOutside ? prompt : prompt - cached,
                completion + outside,
                read,
                written,
                Math.max(reasoning, outside));
    }
}
