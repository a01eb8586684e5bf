package io.facet.hub.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-,0,99",
        "bytes=40-,40,99",
        "bytes=99-,99,99",
        "bytes=0-0,0,0",
        "bytes=10-19,10,19",
        "bytes=90-500,90,99",
        "bytes=-5,95,99",
        "bytes=-500,0,99"
    })
    void oneRangeIsThatPart(String range, long from, long to) {
        assertThat(ByteRange.parse(range, 100)).isEqualTo(new ByteRange.Part(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void beyondTheEndIsNothing(String range) {
        assertThat(ByteRange.parse(range, 100)).isEqualTo(new ByteRange.Beyond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=9-3", "bytes=a-b", "", "0-"})
    void whatIsNoSingleRangeIsTheWhole(String range) {
        assertThat(ByteRange.parse(range, 100)).isEqualTo(new ByteRange.Whole());
    }
}
