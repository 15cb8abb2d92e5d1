#!/bin/sh
set -e
kubectl apply -f .
echo "```"
echo done
