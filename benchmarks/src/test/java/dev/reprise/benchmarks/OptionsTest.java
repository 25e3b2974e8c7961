package dev.reprise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {

    private static Options parse(String... arguments) {
        return Options.parse(arguments);
    }

    @Test
    void everybodyTakesPartByDefault() {
        assertThat(parse().entrants()).containsExactly(Entrant.values());
        assertThat(parse().plan()).isEqualTo(Plan.DEFAULT);
    }

    @Test
    void namedContendersTakePart() {
        var options = parse("--contenders", "db-scheduler,reprise", "--rounds", "3", "--tasks", "100");

        assertThat(options.entrants()).containsExactly(Entrant.DB_SCHEDULER, Entrant.REPRISE);
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.plan().tasks()).isEqualTo(100);
    }

    @Test
    void planSurvivesBeingHandedToAnotherProcess() {
        var plan = parse("--warm-up", "7", "--slots", "8", "--singles", "9").plan();

        assertThat(Plan.of(plan.arguments())).isEqualTo(plan);
    }

    @Test
    void unknownContenderIsNamed() {
        assertThatThrownBy(() -> parse("--contenders", "quartz"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown contender: quartz; known: floor-grouped, floor-single, reprise, db-scheduler");
    }

    @Test
    void unknownOptionIsNamed() {
        assertThatThrownBy(() -> parse("--fast", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown option: --fast");
    }

    @Test
    void valueThatIsNoNumberIsNamed() {
        assertThatThrownBy(() -> parse("--rounds", "many"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--rounds must be a number: many");
    }
}
