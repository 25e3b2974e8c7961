package dev.reprise.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.provider.ModelProfile.Support;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a provider's book remembers, and for how long. */
class ProfileBookTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final ProfileBook book = new ProfileBook(List.of(), List.of(), null, now::get);

    @Test
    void refusalIsForgottenAfterAnHour() {
        book.refused("m", Set.of(), new OptionalParameter("temperature", null));
        book.refused("m", Set.of(), new OptionalParameter("max_tokens", "max_completion_tokens"));

        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(book.profile("m").temperature()).isEqualTo(Support.NO);
        assertThat(book.profile("m").tokenParameter()).isEqualTo("max_completion_tokens");
        assertThat(book.refused("m", Set.of())).containsExactly("temperature");

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(book.profile("m").temperature()).isEqualTo(Support.UNKNOWN);
        assertThat(book.profile("m").tokenParameter()).isNull();
        assertThat(book.refused("m", Set.of())).isEmpty();
    }

    @Test
    void whatWasRefusedLastHasTheLastWord() {
        book.refused("m", Set.of(), new OptionalParameter("a", "b"));
        now.incrementAndGet();
        book.refused("m", Set.of(), new OptionalParameter("b", "a"));

        assertThat(book.profile("m").tokenParameter()).isEqualTo("a");
    }
}
