package io.facet.vision.catalog.openvino;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The xml half of an OpenVINO IR: layers in topological order, each with the ids of the layers that
 * feed it, in port order.
 */
record IrNetwork(String name, List<Layer> layers) {
    IrNetwork {
        layers = List.copyOf(layers);
    }

    /**
     * One operator.
     *
     * @param data its attributes
     * @param outputShape dimensions of its first output; empty when it has none
     * @param inputs ids of the layers that feed its ports, in order
     */
    record Layer(
            int id,
            String type,
            Map<String, String> data,
            List<Integer> outputShape,
            List<Integer> inputs) {
        String attribute(String key) {
            String value = data.get(key);
            if (value == null) {
                throw broken("layer " + id + " (" + type + ") has no " + key);
            }
            return value;
        }

        /** A list such as {@code 1, 64, 1, 1}. */
        int[] numbers(String key) {
            String[] parts = attribute(key).split(",", -1);
            int[] numbers = new int[parts.length];
            for (int i = 0; i < parts.length; i++) {
                numbers[i] = Integer.parseInt(parts[i].trim());
            }
            return numbers;
        }
    }

    static IrNetwork read(Path xml) {
        try (InputStream in = Files.newInputStream(xml)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(in);
            return parse(document.getDocumentElement());
        } catch (IOException | SAXException | ParserConfigurationException failure) {
            throw new FacetException(
                    ErrorCode.MODEL_CORRUPT,
                    xml.getFileName() + " is no OpenVINO network; fetch it again",
                    failure);
        }
    }

    private static IrNetwork parse(Element net) {
        Map<Integer, TreeMap<Integer, Integer>> feeds = new LinkedHashMap<>();
        for (Element edge : children(child(net, "edges"), "edge")) {
            feeds.computeIfAbsent(number(edge, "to-layer"), _ -> new TreeMap<>())
                    .put(number(edge, "to-port"), number(edge, "from-layer"));
        }
        List<Layer> layers = new ArrayList<>();
        for (Element layer : children(child(net, "layers"), "layer")) {
            int id = number(layer, "id");
            TreeMap<Integer, Integer> inputs = feeds.getOrDefault(id, new TreeMap<>());
            layers.add(
                    new Layer(
                            id,
                            layer.getAttribute("type"),
                            attributes(layer),
                            shape(layer),
                            List.copyOf(inputs.values())));
        }
        return new IrNetwork(net.getAttribute("name"), layers);
    }

    private static Map<String, String> attributes(Element layer) {
        Map<String, String> data = new LinkedHashMap<>();
        for (Element element : children(layer, "data")) {
            NamedNodeMap map = element.getAttributes();
            for (int i = 0; i < map.getLength(); i++) {
                data.put(map.item(i).getNodeName(), map.item(i).getNodeValue());
            }
        }
        return Map.copyOf(data);
    }

    private static List<Integer> shape(Element layer) {
        List<Integer> dims = new ArrayList<>();
        for (Element output : children(layer, "output")) {
            for (Element dim : children(children(output, "port").getFirst(), "dim")) {
                dims.add(Integer.parseInt(dim.getTextContent().trim()));
            }
        }
        return List.copyOf(dims);
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        if (found.isEmpty()) {
            throw broken("no <" + name + ">");
        }
        return found.getFirst();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    static FacetException broken(String what) {
        return new FacetException(ErrorCode.MODEL_CORRUPT, "unexpected OpenVINO network: " + what);
    }
}
