package dev.reprise.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variations of a model without temperature are told apart by a text. */
class DiversityTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 20})
    void everyVariationHasAnAngleOfItsOwn(int count) {
        var angles = IntStream.range(0, count)
                .mapToObj(index -> Diversity.angles().angle(index, count))
                .toList();

        assertThat(angles).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(angles).allSatisfy(angle -> assertThat(angle).isNotBlank());
    }

    @Test
    void eightAnglesDifferInMoreThanTheirNumber() {
        var approaches = IntStream.range(0, 8)
                .mapToObj(index -> Diversity.angles().angle(index, 8).replaceAll("\\d+", ""))
                .toList();

        assertThat(approaches).doesNotHaveDuplicates();
    }

    @Test
    void angleIsTheSameEachTime() {
        assertThat(Diversity.angles().angle(2, 4)).isEqualTo(Diversity.angles().angle(2, 4));
    }

    @Test
    void angleNamesTheVariationsPlace() {
        assertThat(Diversity.angles().angle(0, 4)).startsWith("This is variation 1 of 4");
        assertThat(Diversity.angles().angle(3, 4)).startsWith("This is variation 4 of 4");
    }

    @Test
    void offAddsNothing() {
        assertThat(Diversity.off().angle(0, 4)).isNull();
        assertThat(Diversity.off().angle(3, 4)).isNull();
    }
}
