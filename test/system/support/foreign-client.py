# Reads or writes a topic as any Python program would: keys, values and headers in base64, a record a line.
import base64
import json
import sys

from confluent_kafka import Consumer, Producer


def encoded(given):
    return None if given is None else base64.b64encode(given).decode()


def decoded(given):
    return None if given is None else base64.b64decode(given)


def read(brokers, topic, count):
    consumer = Consumer(
        {"bootstrap.servers": brokers, "group.id": f"python-{topic}", "auto.offset.reset": "earliest", "enable.auto.commit": False}
    )
    consumer.subscribe([topic])
    try:
        for _ in range(int(count)):
            message = consumer.poll(30)
            if message is None:
                sys.exit("nothing more came")
            if message.error():
                sys.exit(str(message.error()))
            headers = [[name, encoded(value)] for name, value in message.headers() or []]
            record = {"partition": message.partition(), "key": encoded(message.key()), "value": encoded(message.value()), "headers": headers}
            print(json.dumps(record))
    finally:
        consumer.close()


def write(brokers, topic):
    record = json.load(sys.stdin)
    told = []
    # The client's own choice of a partition is another than Kafka's.
    producer = Producer({"bootstrap.servers": brokers, "partitioner": "murmur2_random"})
    headers = [(name, decoded(value)) for name, value in record["headers"]]
    producer.produce(
        topic, key=decoded(record["key"]), value=decoded(record["value"]), headers=headers, on_delivery=lambda error, _: told.append(error)
    )
    producer.flush(30)
    if told != [None]:
        sys.exit(f"not written: {told}")


{"read": read, "write": write}[sys.argv[1]](*sys.argv[2:])
