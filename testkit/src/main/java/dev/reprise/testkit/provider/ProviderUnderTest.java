package dev.reprise.testkit.provider;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.StopReason;
import dev.reprise.provider.Provider;
import java.util.Map;

/** A provider that the suites may call, and how its protocol says what the suites want said. */
public interface ProviderUnderTest {

    /**
     * Makes a provider.
     *
     * @param server the server's root, as {@code http://127.0.0.1:1234}
     * @param key the key to send
     * @param streaming whether it asks for streams
     */
    Provider connect(String server, String key, boolean streaming);

    /** The body of a whole answer. */
    String answer(Speech speech);

    /** The body of a stream with its proper end; an event for each piece. */
    String stream(Speech speech);

    /** The body of an error. */
    String error(String code, String message);

    /** The body of a stream that brings some text and then an error. */
    String streamWithError(Speech speech, String code, String message);

    /** The word for a proper end. */
    String endWord();

    /** What the protocol's words for stopping mean, refusals aside. */
    Map<String, StopReason> stopWords();

    /** The word for stopping because the model or a filter declined. */
    String refusalWord();

    /** What codes mean when an error stands inside a success. */
    Map<String, FailureKind> codes();

    /** The header that holds the provider's id of a request. */
    String requestIdHeader();
}
