package io.facet.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What others rely on in a protobuf file, one line each: numbers, names, types, calls. */
final class Contract {
    private final List<String> lines = new ArrayList<>();

    private Contract() {}

    static List<String> of(FileDescriptor file) {
        Contract contract = new Contract();
        file.getMessageTypes().forEach(contract::message);
        file.getEnumTypes().forEach(contract::enumeration);
        file.getServices().forEach(service -> service.getMethods().forEach(contract::call));
        return contract.lines;
    }

    /** Released lines that hold no longer: something was removed, or its number used again. */
    static List<String> broken(List<String> released, List<String> now) {
        return released.stream().filter(line -> !now.contains(line)).toList();
    }

    private void message(Descriptor message) {
        if (message.getFields().isEmpty()) {
            // Nothing below would miss it.
            lines.add("message " + message.getFullName());
        }
        message.getFields().forEach(this::field);
        message.getNestedTypes().forEach(this::message);
        message.getEnumTypes().forEach(this::enumeration);
    }

    private void field(FieldDescriptor field) {
        String cardinality =
                field.isRepeated() ? "repeated" : field.hasPresence() ? "optional" : "single";
        String oneof =
                field.getRealContainingOneof() == null
                        ? ""
                        : " oneof " + field.getRealContainingOneof().getName();
        lines.add(
                "field %s %d %s %s %s%s"
                        .formatted(
                                field.getContainingType().getFullName(),
                                field.getNumber(),
                                field.getName(),
                                cardinality,
                                type(field),
                                oneof));
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private void enumeration(EnumDescriptor type) {
        type.getValues()
                .forEach(value ->
                        lines.add(
                                "enum %s %d %s"
                                        .formatted(
                                                type.getFullName(),
                                                value.getNumber(),
                                                value.getName())));
    }

    private void call(MethodDescriptor call) {
        String streams =
                Stream.of(
                                call.isClientStreaming() ? " client-stream" : "",
                                call.isServerStreaming() ? " server-stream" : "")
                        .reduce("", String::concat);
        lines.add(
                "rpc %s %s -> %s%s"
                        .formatted(
                                call.getFullName(),
                                call.getInputType().getFullName(),
                                call.getOutputType().getFullName(),
                                streams));
    }
}
