"""The session in pika's words: see session.ts. Prints what happens, one line each.  Usage: with_pika.py URL QUEUE"""

import sys

import pika

url, queue = sys.argv[1:]
connection = pika.BlockingConnection(pika.URLParameters(url))
amqp_channel = connection.channel()
amqp_channel.queue_declare(queue, durable=True)
amqp_channel.confirm_delivery()
for body in ("1", "2", "3"):
    # With confirms it waits, and raises when the broker does not confirm.
    amqp_channel.basic_publish("", queue, body)
print("confirmed")


def receive(_amqp_channel, method, _properties, body):
    text = body.decode()
    print(f"{text} (again)" if method.redelivered else text)
    if text == "3":
        amqp_channel.stop_consuming()
    elif text == "2" and not method.redelivered:
        amqp_channel.basic_nack(method.delivery_tag, requeue=True)
    else:
        amqp_channel.basic_ack(method.delivery_tag)


amqp_channel.basic_qos(prefetch_count=1)
amqp_channel.basic_consume(queue, receive)
amqp_channel.start_consuming()
amqp_channel.close()
connection.close()
