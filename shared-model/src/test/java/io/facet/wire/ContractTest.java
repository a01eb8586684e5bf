package io.facet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.facet.wire.rpc.v1.FaceRecognitionProto;
import io.facet.wire.v1.EventBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Agents and hubs of two releases speak to each other, and programs outlive both: what a protobuf
 * file once said it says for ever. The files beside this test list what was released. After adding
 * something, run this test once with {@code -Dfacet.contracts=append} and commit the longer list.
 */
class ContractTest {
    private static final Path LISTS = Path.of("src/test/resources/io/facet/wire");

    private static final Map<String, FileDescriptor> FILES =
            Map.of(
                    "facet.v1.txt", FaceRecognitionProto.getDescriptor(),
                    "facet.wire.v1.txt", EventBatch.getDescriptor().getFile());

    @Test
    void nothingReleasedIsRemovedOrUsedForSomethingElse() throws IOException {
        for (Map.Entry<String, FileDescriptor> file : FILES.entrySet()) {
            assertThat(Contract.broken(released(file.getKey()), Contract.of(file.getValue())))
                    .as("of %s, removed or changed", file.getKey())
                    .isEmpty();
        }
    }

    @Test
    void everythingThereIsIsListed() throws IOException {
        for (Map.Entry<String, FileDescriptor> file : FILES.entrySet()) {
            List<String> released = released(file.getKey());
            List<String> fresh =
                    Contract.of(file.getValue()).stream()
                            .filter(line -> !released.contains(line))
                            .toList();
            if (System.getProperty("facet.contracts", "").equals("append")) {
                Files.write(
                        LISTS.resolve(file.getKey()),
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } else {
                assertThat(fresh)
                        .as("new in %s; append it as this class says", file.getKey())
                        .isEmpty();
            }
        }
    }

    @Test
    void aRemovedARenumberedAndARetypedFieldAreNoticed() throws Exception {
        FileDescriptorProto wire = EventBatch.getDescriptor().getFile().toProto();
        List<String> released = Contract.of(build(wire));
        FileDescriptorProto.Builder changed = wire.toBuilder();
        DescriptorProto.Builder batch = changed.getMessageTypeBuilder(0);
        assertThat(batch.getName()).isEqualTo("EventBatch");
        batch.getFieldBuilder(0).setNumber(99);
        batch.getFieldBuilder(1)
                .setType(com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_BYTES);
        batch.removeField(2);
        assertThat(Contract.broken(released, Contract.of(build(changed.build()))))
                .containsExactlyInAnyOrder(
                        "field facet.wire.v1.EventBatch 1 version single uint32",
                        "field facet.wire.v1.EventBatch 2 agent_id single string",
                        "field facet.wire.v1.EventBatch 3 batch_id single bytes");
    }

    private static FileDescriptor build(FileDescriptorProto file) throws Exception {
        return FileDescriptor.buildFrom(file, new FileDescriptor[0]);
    }

    private static List<String> released(String name) throws IOException {
        Path list = LISTS.resolve(name);
        return Files.exists(list) ? Files.readAllLines(list) : List.of();
    }
}
