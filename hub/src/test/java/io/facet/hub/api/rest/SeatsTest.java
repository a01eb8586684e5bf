package io.facet.hub.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private final Seats seats = new Seats(3, 2);

    @Test
    void oneKeyDoesNotTakeThemAll() {
        Seats.Seat first = seats.take("a");
        seats.take("a");
        assertThatThrownBy(() -> seats.take("a"))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED));
        first.close();
        seats.take("a");
        seats.take("b");
        assertThatThrownBy(() -> seats.take("c")).hasMessageContaining("3 live pictures");
    }

    @Test
    void aSeatIsGivenBackOnce() {
        Seats.Seat seat = seats.take("a");
        seats.take("b");
        seat.close();
        seat.close();
        assertThat(seats.taken()).isEqualTo(1);
    }
}
