package dev.reprise.provider.openai;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.provider.ModelProfile.Images;
import java.util.Set;

/**
 * How a server's Chat Completions differ from OpenAI's: data, so that an app can describe another server.
 *
 * @param name the usual name of a provider of this dialect
 * @param baseUrl where it usually is, with its version segment
 * @param tokenParameter the parameter that caps output tokens
 * @param systemRole the role of the turn that holds the system prompt
 * @param images how models take reference images, unless their profile says otherwise
 * @param traits what else is different
 */
public record Dialect(
        String name, String baseUrl, String tokenParameter, String systemRole, Images images, Set<Trait> traits) {

    /** OpenAI itself: max_completion_tokens, since its newer models refuse max_tokens. */
    public static final Dialect OPENAI = new Dialect(
            "openai",
            "https://api.openai.com/v1",
            "max_completion_tokens",
            "system",
            Images.INLINE_OR_URL,
            Set.of(Trait.USAGE_OPTION));

    /** OpenRouter: says usage at a stream's end without being asked, and names a time to try again with some 402s. */
    public static final Dialect OPENROUTER = new Dialect(
            "openrouter",
            "https://openrouter.ai/api/v1",
            "max_tokens",
            "system",
            Images.INLINE_OR_URL,
            Set.of(Trait.ATTRIBUTION, Trait.PASSING_402));

    /** A vLLM server. */
    public static final Dialect VLLM = new Dialect(
            "vllm",
            "http://localhost:8000/v1",
            "max_tokens",
            "system",
            Images.INLINE_OR_URL,
            Set.of(Trait.USAGE_OPTION));

    /** An Ollama server: takes images as bytes only. */
    public static final Dialect OLLAMA = new Dialect(
            "ollama", "http://localhost:11434/v1", "max_tokens", "system", Images.INLINE, Set.of(Trait.USAGE_OPTION));

    /** @throws InvalidRequestException when a text is blank */
    public Dialect {
        traits = Set.copyOf(traits);
        check("name", name);
        check("baseUrl", baseUrl);
        check("tokenParameter", tokenParameter);
        check("systemRole", systemRole);
    }

    private static void check(String field, String value) {
        if (value.isBlank()) {
            throw new InvalidRequestException("dialect." + field, value, "must not be blank");
        }
    }

    /** Something that a server does or wants, and others do not. */
    public enum Trait {
        /** A stream reports usage only when {@code stream_options.include_usage} asks for it. */
        USAGE_OPTION,
        /** Takes the app's URL and title in headers. */
        ATTRIBUTION,
        /** An HTTP 402 that says when to come back is worth coming back. */
        PASSING_402
    }
}
